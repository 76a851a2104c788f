import Arrays
import Images
import Reports
import TestSupport
import Testing

@Suite struct ExperimentReportTests {
    private static let amounts = [0.1, 0.2]

    /// Two methods, the second with two variants, at two amounts on `count` pictures.
    private func report(
        _ count: Int = 3, title: String = "Stripes", failures: [String] = [], isSwept: Bool = true,
        keeping isKept: (ExperimentReport.Row) -> Bool = { _ in true }, isShared: Bool = false,
        losing isLost: (_ number: Int, _ variant: Double?) -> Bool = { _, _ in false }
    ) throws -> ExperimentReport {
        let amounts: [Double?] = isSwept ? Self.amounts : [nil]
        let rows = amounts.flatMap { amount in
            [(0, nil), (1, 0.5), (1, 1.5)].flatMap { method, variant in
                (0..<count).map { number in
                    row(
                        number, method, variant, amount, isSwept,
                        isShared ? "\(number) at \(amount ?? 0)" : nil,
                        isLost: isLost(number, variant))
                }
            }
        }.filter(isKept)
        let shown = ExperimentReport.Shown(
            name: title, truth: try picture(10), measurement: try picture(20),
            restored: [
                .init(
                    method: 0, variant: nil, picture: try picture(30),
                    score: Score(psnr: 31.25, ssim: 0.9, psnrInput: 20)),
                .init(
                    method: 1, variant: 1.5, picture: try picture(40),
                    score: Score(psnr: 22.5, ssim: 0.9)),
            ])
        return ExperimentReport(
            name: "stripes", title: title, description: "A *figure* of **what** `is`.",
            run: SampleReport.run, sets: [.init(name: title, count: count)],
            methods: [
                .init(name: "MAP", prior: "mnist", settings: .null),
                .init(name: "BM3D, \"best\"", prior: nil, variants: [0.5, 1.5], settings: .null),
            ],
            sweeps: isSwept
                ? [
                    .init(
                        setting: "noise.sine.amplitude", label: "amplitude", scale: .logarithmic,
                        amounts: Self.amounts, shown: [0.2])
                ] : [],
            rows: rows,
            failures: failures.map {
                .init(set: 0, method: 0, sweep: nil, amount: nil, variant: nil, reason: $0)
            },
            models: [ModelFacts(name: "mnist", sha256: "0a", bitsPerDim: 1.25)],
            blocks: [
                .init(
                    set: 0, sweep: isSwept ? 0 : nil, amount: isSwept ? 0.2 : nil,
                    pictures: [shown])
            ],
            settings: JSONValue(["title": .string(title)]), limit: 3)
    }

    /// PSNR 30 + number, less 10 for the second method and its variant × 1 more.
    private func row(
        _ number: Int, _ method: Int, _ variant: Double?, _ amount: Double?, _ isSwept: Bool,
        _ cell: String?, isLost: Bool
    ) -> ExperimentReport.Row {
        ExperimentReport.Row(
            set: 0, method: method, sweep: isSwept ? 0 : nil, amount: amount, variant: variant,
            number: number, picture: "t.idx[\(number)]",
            score: Score(
                psnr: isLost
                    ? .nan : 30 + Double(number) - 10 * Double(method) + (variant ?? 0), ssim: 0.5,
                psnrInput: 20),
            objective: 7, iterations: 10, seconds: 0.5,
            // The first picture is from an earlier run.
            computer: .init(device: "cpu", threads: number == 0 ? 1 : 2), cell: cell)
    }

    private func picture(_ level: UInt8) throws -> Picture {
        try Picture(pixels: HostArray([UInt8](repeating: level, count: 16), shape: [4, 4, 1]))
    }

    private func summary(_ report: ExperimentReport) throws -> JSONValue {
        try JSONValue(parsing: report.summaryJSON(), context: "summary")
    }

    @Test func `the table has a line for every picture, method and setting`() throws {
        let lines = try report().csv().split(separator: "\n")
        let heading =
            "set,setting,amount,method,variant,number,picture,psnr,ssim,psnr_input,psnr_covered,"
            + "psnr_input_covered,objective,iterations,seconds"
        #expect(lines[0] == heading[...])
        #expect(lines.count == 1 + 2 * 3 * 3)
        #expect(
            lines[1]
                == "Stripes,noise.sine.amplitude,0.1,MAP,,0,t.idx[0],30.0,0.5,20.0,,,7.0,10,0.5")
        #expect(
            lines[4].hasPrefix("Stripes,noise.sine.amplitude,0.1,\"BM3D, \"\"best\"\"\",0.5,0,"))
    }

    @Test func `means come with their standard errors, and the best variant counts`() throws {
        let results = try #require(summary(report())["results"]?.array)
        #expect(results.count == 4)
        #expect(results[0]["psnr"]?.number == 31)
        // The standard deviation of 30, 31 and 32 is 1.
        let error = try #require(results[0]["psnr_error"]?.number)
        #expect(abs(error - 1 / 3.0.squareRoot()) < 1e-12)
        #expect(results[0]["pictures"]?.integer == 3)
        #expect(results[0]["seconds_per_picture"]?.number == 0.5)
        #expect(results[0]["seconds_per_iteration"]?.number == 0.05)
        #expect(results[2]["method"]?.string == "BM3D, \"best\"")
        #expect(results[2]["variant"]?.number == 1.5)
        #expect(results[2]["psnr"]?.number == 22.5)
    }

    @Test func `the best of variants is one that all have had their chance to be`() throws {
        // One amount without one of the variants, as after a run of some methods.
        let partial = try report { $0.variant != 1.5 || $0.amount == 0.1 }
        let results = try #require(summary(partial)["results"]?.array)
        #expect(results.map { $0["amount"]?.number } == [0.1, 0.2, 0.1])
        // Each variant is judged by the pictures that both have.
        let unequal = try report { $0.variant != 0.5 || $0.number == 2 }
        let point = try #require(summary(unequal)["results"]?.array?[2])
        #expect(point["variant"]?.number == 1.5)
        #expect(point["psnr"]?.number == 23.5)
        #expect(point["pictures"]?.integer == 1)
    }

    @Test func `a variant that finds nothing for some pictures is not the best of the others`()
        throws
    {
        let report = try report(losing: { $1 == 1.5 && $0 == 0 })
        let point = try #require(summary(report)["results"]?.array?[2])
        #expect(point["variant"]?.number == 0.5)
        #expect(point["pictures"]?.integer == 3)
    }

    @Test func `means of fewer pictures than others say so, and the input is of the most`() throws {
        let report = try report { $0.method != 0 || $0.number == 2 }
        let page = try ParsedXML(report.html())
        #expect(page["td"].contains { $0.text == "32.00\nof 1" })
        #expect(page["td"].contains { $0.text == "22.50 ± 0.58 (1.5)" })
    }

    @Test func `a run is whole when every method has a result in each variant`() throws {
        let whole = try report()
        #expect(ExperimentReport.isWhole(whole.methods, whole.rows))
        for (method, variant) in [(0, nil), (1, 1.5)] as [(Int, Double?)] {
            let part = whole.rows.filter { $0.method != method || $0.variant != variant }
            #expect(!ExperimentReport.isWhole(whole.methods, part))
        }
    }

    @Test func `a computation that methods share is counted once`() throws {
        let summary = try summary(report(isShared: true))
        #expect(summary["seconds_of_all"]?.number == 3)
        let groups = try #require(summary["computed_with"]?.array)
        #expect(groups.map { $0["results"]?.integer } == [2, 4])
    }

    @Test func `the time of all results is told, those of earlier runs included`() throws {
        let summary = try summary(report())
        // Of the last run alone.
        #expect(summary["seconds"]?.number == SampleReport.run.seconds)
        #expect(summary["seconds_of_all"]?.number == 9)
        let groups = try #require(summary["computed_with"]?.array)
        #expect(groups.map { $0["threads"]?.integer } == [1, 2])
        #expect(groups.map { $0["results"]?.integer } == [6, 12])
        #expect(groups.map { $0["seconds"]?.number } == [3, 6])
        #expect(groups.allSatisfy { $0["device"]?.string == "cpu" })
    }

    @Test func `a single picture has no standard error`() throws {
        let results = try #require(summary(report(1))["results"]?.array)
        #expect(results[0]["psnr_error"] == .null)
        #expect(try !report(1).lines[0].contains("±"))
        #expect(try report(3).lines[0] == "Stripes, noise.sine.amplitude 0.1, MAP, 31.00 ± 0.58 dB")
    }

    @Test(arguments: [true, false])
    func `the page is well-formed and shows plot, numbers and pictures`(_ isSwept: Bool) throws {
        let page = try ParsedXML(report(isSwept: isSwept).html())
        #expect(page.elements.first?.name == "html")
        #expect(page["svg"].count == (isSwept ? 1 : 0))
        #expect(page["img"].count == 4)
        #expect(
            page["img"].allSatisfy { $0.attributes["src"]?.hasPrefix("data:image/png") == true })
        #expect(page["small"].map(\.text) == ["", "20.00 dB", "31.25 dB", "22.50 dB"])
        #expect(page["td"].contains { $0.text == "31.00 ± 0.58" })
        #expect(page["script"].isEmpty)
    }

    @Test func `the parser notices a title that was not escaped`() throws {
        let page = try report(title: "a&b").html()
        _ = try ParsedXML(page)
        withKnownIssue {
            _ = try ParsedXML(page.replacing("a&amp;b", with: "a&b"))
        }
    }

    @Test func `a hostile name stays text`() throws {
        let page = try ParsedXML(report(title: SampleReport.hostileName).html())
        #expect(page["script"].isEmpty)
    }

    @Test func `what failed is said once, in page and summary`() throws {
        let report = try report(failures: ["no model", "no model"])
        let page = try ParsedXML(report.html())
        #expect(page["li"].filter { $0.text == "MAP: no model" }.count == 1)
        #expect(try summary(report)["failures"]?.array?.count == 2)
        #expect(report.failureLines == ["MAP: no model"])
    }

    @Test func `series differ in shape as well as in colour`() throws {
        let page = try ParsedXML(report().html())
        // Two points and the legend for each of the two methods.
        #expect(page["circle"].count == 3)
        #expect(page["polygon"].count == 3)
    }
}
