import Arrays
import Foundation
import Images
import Reports
import TestSupport
import Testing

@Suite struct ResultJSONTests {
    private struct Result: Decodable {
        struct Model: Decodable {
            let name, sha256: String
            let bitsPerDim: Double?
        }
        struct Image: Decodable {
            let name, restored: String
            let psnr, ssim, psnrInput, objective, logLikelihood, noiseScale: Double?
            let iterations: Int
            let seconds: Double
        }
        struct Mean: Decodable {
            let psnr, ssim, psnrInput: Double?
        }
        let version: Int
        let job, id, status, device: String
        let started, finished: Date
        let seconds: Double
        let seed: UInt64
        let software, settings: [String: JSONAny]
        let model: Model?
        let images: [Image]
        let mean: Mean
    }

    /// Any JSON value, of which only the text is looked at.
    private struct JSONAny: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }

    private func decoded(_ report: Report) throws -> Result {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Result.self, from: Data(report.resultJSON().utf8))
    }

    @Test func `the result has the names of the contract`() throws {
        let text = try SampleReport.make().resultJSON()
        let names = [
            "version", "job", "id", "status", "started", "finished", "seconds", "device", "seed",
            "software", "model", "settings", "images", "mean", "bits_per_dim", "psnr", "ssim",
            "psnr_input", "objective", "iterations", "log_likelihood", "restored", "noise_scale",
        ]
        for name in names { #expect(text.contains("\"\(name)\": "), "\(name)") }
    }

    @Test func `the result has the numbers of the report`() throws {
        let report = try SampleReport.make()
        let result = try decoded(report)
        #expect(result.version == 1)
        #expect((result.job, result.id) == ("job", "20260131-120000-5f3a9c"))
        #expect((result.status, result.device, result.seed) == ("finished", "cpu", .max))
        #expect(result.started == report.run.started)
        #expect(result.finished == report.run.finished)
        #expect(result.model?.bitsPerDim == 1.25)
        #expect(result.software["sluice"]?.text == "0.1.0")
        #expect(result.settings["prior"]?.text == "job")
        #expect(result.images.map(\.psnr) == [30, 31, 32])
        #expect(result.images.map(\.iterations) == [5, 6, 7])
        #expect(result.images[0].logLikelihood == 1000.125)
        #expect(result.images[0].restored == "restored/job-0.png")
        #expect(result.images[0].noiseScale == report.images[0].pictures.noise?.scale)
        #expect((result.mean.psnr, result.mean.psnrInput) == (31, 20))
    }

    @Test func `without the truth there is no PSNR anywhere`() throws {
        let text = try SampleReport.make(hasTruth: false).resultJSON()
        #expect(!text.contains("psnr"))
        #expect(!text.contains("ssim"))
        #expect(text.contains("\"mean\": {}"))
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan])
    func `a number that is not finite is null`(_ number: Double) throws {
        let text = try SampleReport.make(pictures: 1, psnr: number).resultJSON()
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let images = object?["images"] as? [[String: Any]]
        #expect(images?[0]["psnr"] is NSNull)
        #expect(images?[0]["ssim"] as? Double == 0.9)
    }

    @Test func `numbers come back bit for bit`() throws {
        var generator = SeededGenerator(seed: 1)
        let edges = [
            0, .leastNonzeroMagnitude, 1e308, -1e-7, 0.1 + 0.2, 1e15, 123_456_789_012_345_680,
        ]
        let random = (0..<500).map { _ in Double(bitPattern: generator.next()) }
        for number in (edges + random).filter(\.isFinite) {
            let text = "[\(JSONValue(number).line)]"
            #expect(try JSONDecoder().decode([Double].self, from: Data(text.utf8)) == [number])
        }
    }

    @Test func `hostile names come back as they were`() throws {
        let result = try decoded(SampleReport.make(name: SampleReport.hostileName))
        #expect(result.job == SampleReport.hostileName)
        #expect(result.images[1].name == SampleReport.hostileName + "-1.png")
    }

    @Test func `what is written is read back as the same value`() throws {
        let text = try SampleReport.make(name: SampleReport.hostileName).resultJSON()
        let value = try JSONValue(parsing: text, context: "result.json")
        #expect(value.text == text)
        #expect(try JSONValue(parsing: value.line, context: "result.json") == value)
    }

    @Test func `the same report gives the same bytes`() throws {
        let (first, second) = (try SampleReport.make(), try SampleReport.make())
        #expect(first == second)
        #expect(first.resultJSON() == second.resultJSON())
        #expect(first.traceCSV() == second.traceCSV())
        #expect(try first.html() == second.html())
    }

    @Test func `a job without pictures and prior can be reported`() throws {
        let report = Report(
            job: JobIdentity(name: "empty", id: "1", status: .cancelled), run: SampleReport.run,
            model: nil, settings: JSONValue([:]), images: [])
        let result = try decoded(report)
        #expect(result.images.isEmpty)
        #expect(result.model == nil)
        #expect(result.status == "cancelled")
        _ = try ParsedXML(report.html())
    }
}
