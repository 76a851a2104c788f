import Arrays
import Foundation
import Images
import Reports
import Testing

@Suite struct ReportPageTests {
    private func page(_ report: Report) throws -> ParsedXML { try ParsedXML(report.html()) }

    @Test(arguments: [1, 3, 60])
    func `the page is well-formed and says its language`(_ count: Int) throws {
        let page = try page(SampleReport.make(pictures: count))
        #expect(page.elements.first?.name == "html")
        #expect(page.elements.first?.attributes["lang"] == "en")
        #expect(page["article"].count == count)
        #expect(page["svg"].count == 3)
    }

    @Test func `the parser notices a name that was not escaped`() throws {
        let page = try SampleReport.make(name: "a&b").html()
        withKnownIssue {
            _ = try ParsedXML(page.replacing("a&amp;b", with: "a&b"))
        }
    }

    @Test func `a hostile name stays text`() throws {
        let name = SampleReport.hostileName
        let page = try page(SampleReport.make(name: name, warnings: [name]))
        #expect(page["script"].isEmpty)
        #expect(Set(page["style"].map(\.path)) == [["html", "head"]])
        let handlers = page.elements.flatMap(\.attributes.keys).filter { $0.hasPrefix("on") }
        #expect(handlers.isEmpty)
        // What XML has no way to write stands as a replacement character.
        // What turns the direction of text is spelled out.
        let shown = ["\u{0}", "\u{1B}"].reduce(name) { $0.replacing($1, with: "\u{FFFD}") }
            .replacing("\u{202E}", with: "\\u{202E}")
        #expect(page["h1"].first?.text == shown)
        let card = page["div"].first { $0.attributes["class"] == "card" }
        let spoken = shown.replacing("\n", with: "")
        let text = card?.text.replacing("\n", with: "")
        #expect(text == "\(spoken)Trained on <digits> & more.")
        #expect(page["li"].first?.text == shown)
        #expect(page["dd"].contains { $0.text == shown })
    }

    @Test func `a number that few iterations have is drawn wherever it is known`() throws {
        let report = try SampleReport.make(pictures: 1, iterations: 801, psnrEvery: 16)
        let line = try #require(page(report)["polyline"].first?.attributes["points"])
        #expect(line.split(separator: " ").count == 51)
    }

    @Test func `a model card is set, not quoted`() throws {
        let card = """
            # digits
            ![Samples](samples.png)

            From [MNIST](http://yann.lecun.com/exdb/mnist/), in **8 bits** by `sluice`;
            [not](javascript:alert) a link, 2 * 3 [.

            | | |
            |---|---|
            | bits | 1.2 |

            * one

            ```yaml
            a: | # b
            ```
            """
        let page = try page(SampleReport.make(card: card))
        let box = page.elements.filter { $0.path.contains("div") }
        func texts(_ name: String) -> [String] { box.filter { $0.name == name }.map(\.text) }
        #expect(texts("h4") == ["digits"])
        #expect(texts("td").contains("bits") && texts("td").contains("1.2"))
        #expect(texts("li") == ["one"])
        #expect(texts("pre") == ["a: | # b"])
        #expect(texts("strong") == ["8 bits"])
        #expect(texts("code") == ["sluice"])
        #expect(texts("p").last == "From MNIST, in 8 bits by sluice; not a link, 2 * 3 [.")
        let links = page["a"].compactMap { $0.attributes["href"] }.filter { $0.first != "#" }
        #expect(links == ["http://yann.lecun.com/exdb/mnist/"])
    }

    @Test func `nothing is fetched from anywhere, and no script may run`() throws {
        let page = try page(SampleReport.make())
        let sources = page.elements.compactMap { $0.attributes["src"] }
        #expect(sources.count == 15)
        #expect(sources.allSatisfy { $0.hasPrefix("data:image/png;base64,") })
        #expect(page.elements.compactMap { $0.attributes["href"] }.allSatisfy { $0.first == "#" })
        #expect(page["link"].isEmpty)
        let policy = page["meta"].first { $0.attributes["http-equiv"] != nil }
        let content = policy?.attributes["content"]
        #expect(content == "default-src 'none'; img-src data:; style-src 'unsafe-inline'")
        let style = page["style"].map(\.text).joined()
        #expect(!style.isEmpty && !style.contains("url(") && !style.contains("@import"))
    }

    @Test func `every link leads to one place`() throws {
        let page = try page(SampleReport.make(pictures: 30, warnings: ["x"]))
        let places = page.elements.compactMap { $0.attributes["id"] }
        #expect(Set(places).count == places.count)
        let links = page["a"].compactMap { $0.attributes["href"]?.dropFirst() }
        #expect(Set(links.map(String.init)).subtracting(places) == [])
        let labels = page.elements.compactMap { $0.attributes["aria-labelledby"] }
        #expect(Set(labels).subtracting(places) == [])
    }

    @Test func `the pictures stand side by side and hold their pixels`() throws {
        let report = try SampleReport.make(pictures: 1)
        let page = try page(report)
        let pictures = page["img"]
        let titles = ["Truth", "Measurement", "Restored", "Noise", "Error"]
        #expect(pictures.map { $0.attributes["alt"] } == titles.map { "\($0) of job-0.png" })
        let address = try #require(pictures[2].attributes["src"])
        let bytes = try #require(Data(base64Encoded: String(address.dropFirst(22))))
        let restored = report.images[0].pictures.restored
        #expect(try Picture(decoding: [UInt8](bytes), name: "restored") == restored)
        #expect(pictures[2].attributes["class"] == "pixels")
        #expect(page["h3"].first?.text == "job-0.png20.00 \u{2192} 30.00 dB +10.00 dB")
    }

    @Test func `pictures that stand in the comparison too are in the page once`() throws {
        let alone = try SampleReport.make(pictures: 2)
        let others = try SampleReport.make(pictures: 4).images.suffix(2)
        let methods = [("map", alone.images), ("mle", Array(others))].map { title, images in
            ComparedMethod(
                title: title, solver: .string(title), plan: .null, model: nil,
                outcome: .images(images))
        }
        let report = Report(
            job: alone.job, run: alone.run, model: nil, settings: alone.settings,
            images: alone.images, comparison: methods)
        let page = try page(report)
        let shared = page["image"].compactMap { $0.attributes["href"] }
        #expect(Set(shared).count == shared.count)
        #expect(Set(shared).isDisjoint(with: page["img"].compactMap { $0.attributes["src"] }))
        let count = { (report: Report) in try self.page(report)["img"].count }
        // Truth, measurement and what the first method restored are used again.
        #expect(page["image"].count == 3 * 2)
        #expect(try page["img"].count == count(alone) - 3 * 2 + 2)
        let names = page["image"].compactMap { $0.attributes["id"] }
        #expect(page["use"].compactMap { $0.attributes["href"] } == names.map { "#\($0)" })
        #expect(Set(page["figure"].compactMap { $0.attributes["id"] }).isDisjoint(with: names))
        let labels = page["svg"].compactMap { $0.attributes["aria-label"] }
        #expect(labels.filter { $0 == "Truth of job-0.png" }.count == 2)
        #expect(labels.contains("map of job-0.png") && labels.contains("Restored of job-0.png"))
    }

    @Test func `without the truth no PSNR is claimed`() throws {
        let page = try page(SampleReport.make(hasTruth: false))
        let body = try #require(page["body"].first)
        #expect(!body.text.contains("dB"))
        #expect(page["img"].count == 9)
        #expect(page["svg"].count == 2)
    }

    @Test func `a result that is worse than its input is marked`() throws {
        let report = try SampleReport.make(pictures: 1, psnr: 18.5)
        let marked = try page(report).elements.first { $0.attributes["class"] == "loss" }
        #expect(marked?.text == "\u{2212}1.50 dB")
    }

    @Test func `an exact result has an infinite PSNR`() throws {
        let page = try page(SampleReport.make(pictures: 1, psnr: .infinity))
        #expect(page["h3"].first?.text.contains("20.00 \u{2192} \u{221E} dB") == true)
    }

    @Test func `many pictures are folded and the size grows in proportion`() throws {
        let page = try page(SampleReport.make(pictures: 60))
        let folds = page["details"].filter { $0.attributes["class"] == "fold" }
        #expect(folds.count == 3)
        #expect(page["article"].filter { !$0.path.contains("details") }.count == 24)
        let sizes = try [100, 200, 300].map {
            try SampleReport.make(pictures: $0).html().utf8.count
        }
        let growth = Double(sizes[2] - sizes[1]) / Double(sizes[1] - sizes[0])
        #expect(abs(growth - 1) < 0.05)
    }

    @Test func `a large picture is reduced for the page`() throws {
        let wide = try Picture(
            pixels: HostArray([UInt8](repeating: 7, count: 3900), shape: [3, 1300, 1]))
        let image = ImageReport(
            name: "wide.png", files: .init(restored: "restored/wide.png"),
            pictures: ImagePictures(measurement: nil, restored: wide, noise: nil),
            objective: nil, iterations: 0, seconds: 1)
        let report = Report(
            job: JobIdentity(name: "wide", id: "1"), run: SampleReport.run, model: nil,
            settings: JSONValue([:]), images: [image])
        let page = try page(report)
        #expect(page["img"].map { $0.attributes["width"] } == ["640"])
        #expect(page["img"].map { $0.attributes["class"] } == ["smooth"])
        #expect(page["p"].contains { $0.text.contains("shown reduced") })
    }

    @Test func `the page says how the run went`() throws {
        let page = try page(SampleReport.make())
        let run = try #require(page.with(id: "run")).text
        let facts = [
            "18446744073709551615", "18.8 s", "17.5 s", "0.1.0", "2026-01-31 12:00:00 UTC",
        ]
        for fact in facts {
            #expect(run.contains(fact), "\(fact)")
        }
        #expect(page["th"].allSatisfy { $0.attributes["scope"] != nil })
    }
}
