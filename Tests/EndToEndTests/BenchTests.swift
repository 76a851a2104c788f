import Arrays
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct BenchTests {
    /// What every measurement says.
    private struct Result: Decodable {
        let software: String
        let parameters: Int
        let batch: Int
        let threads: Int
        let secondsPerIteration: Double
        let fastest: Double
        let convolutionGflop: Double
        let gflops: Double
        let sgemmGflops: Double
        let memoryBeforeBytes: Int
        let peakMemoryBytes: Int
    }

    private static let glow = [
        "--architecture", "glow", "--levels", "2", "--steps", "1", "--last-steps", "1", "--hidden",
        "4", "--size", "8", "--channels", "1",
    ]
    private static let realNVP = [
        "--architecture", "real-nvp", "--scales", "2", "--blocks", "1", "--width", "4", "--size",
        "4", "--channels", "1",
    ]

    private func run(_ arguments: [String]) throws -> BuiltProgram.Outcome {
        try withTemporaryDirectory { try BuiltProgram("sluice-bench").run(arguments, in: $0) }
    }

    private func measured(_ work: String, _ arguments: [String]) throws -> Result {
        let outcome = try run(
            [work] + arguments
                + [
                    "--batch", "2", "--iterations", "3", "--threads", "1", "--matrix-rows", "64",
                    "--json",
                ])
        #expect(outcome.errors == "")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Result.self, from: Data(outcome.output.utf8))
    }

    @Test(arguments: [(work: "map", passes: 2.0), (work: "train-step", passes: 3.0)])
    func `the bench program measures a Glow`(work: String, passes: Double) throws {
        let result = try measured(work, Self.glow)
        #expect(result.parameters == 288 + 568)
        #expect(result.batch == 2)
        #expect(result.threads == 1)
        // Multiplications and additions of 248 weights on 16 pixels, and of 512 on 4.
        let operations = Double(2 * 16 * 248 + 2 * 4 * 512) * passes * 2
        #expect(abs(result.convolutionGflop * 1e9 - operations) < 1e-3)
        #expect(result.fastest > 0)
        #expect(result.secondsPerIteration >= result.fastest)
        #expect(
            abs(result.gflops * result.secondsPerIteration / result.convolutionGflop - 1) < 1e-9)
        #expect(result.sgemmGflops > 0)
        #expect(result.memoryBeforeBytes > 0)
        #expect(result.peakMemoryBytes > result.memoryBeforeBytes)
    }

    @Test(arguments: [(work: "map", passes: 2.0), (work: "train-step", passes: 3.0)])
    func `the bench program measures a RealNVP`(work: String, passes: Double) throws {
        let result = try measured(work, Self.realNVP)
        // Three couplings on squares of 16 pixels, three on channels and four on squares of 4.
        let (first, second, third) = (72 + 160 + 72, 72 + 160 + 144, 108 + 160 + 144)
        let operations =
            2.0 * Double(16 * 3 * first + 4 * 3 * second + 4 * 4 * third) * passes * 2
        #expect(abs(result.convolutionGflop * 1e9 - operations) < 1e-3)
        #expect(result.software.hasPrefix("sluice"))
    }

    @Test(arguments: ["float32", "bfloat16"])
    func `the bench program measures how long loading takes`(_ precision: String) throws {
        let outcome = try run(
            ["load"] + Self.glow
                + ["--precision", precision, "--repeats", "3", "--threads", "1", "--json"])
        let result = try JSONValue(parsing: outcome.output, context: "load")
        let parameters = 288 + 568
        #expect(result["parameters"]?.integer == parameters)
        let bytes = try #require(result["bytes"]?.integer)
        // Beside the numbers there is the header.
        #expect((1000...5000).contains(bytes - parameters * (precision == "float32" ? 4 : 2)))
        let seconds = try #require(result["seconds"]?.number)
        #expect(result["fastest"]?.number ?? .nan <= seconds)
        #expect(result["digest_seconds"]?.number ?? .nan > 0)
        #expect(try run(["load"] + Self.glow + ["--repeats", "1"]).output.contains(" ms (fastest"))
        #expect(try run(["load", "--repeats", "0"]).status == 64)
    }

    @Test func `the bench program makes pictures once and times what becomes of them`() throws {
        try withTemporaryDirectory { folder in
            let bench = BuiltProgram("sluice-bench")
            let sizes = ["--pictures", "3", "--width", "40", "--height", "48", "--size", "16"]
            let words = ["prepare", "--folder", "jpeg", "--json"]
            let outcome = try bench.run(words + sizes, in: folder)
            let result = try JSONValue(parsing: outcome.output, context: "prepare")
            #expect(result["pictures"]?.integer == 3)
            #expect(result["pictures_per_second"]?.number ?? 0 > 0)
            let made = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "jpeg").path)
            #expect(made.count == 3)
            // Those that are there are taken, whatever else is asked for.
            let again = try bench.run(words + ["--pictures", "5"], in: folder)
            let second = try JSONValue(parsing: again.output, context: "prepare")
            #expect(second["pictures"]?.integer == 3)
        }
    }

    @Test func `the bench program opens data sets`() throws {
        let outcome = try run(["open", "--pictures", "2500", "--repeats", "3", "--json"])
        let result = try JSONValue(parsing: outcome.output, context: "open")
        #expect(result["pictures"]?.integer == 2500)
        #expect(result["bytes"]?.integer == 2500 * 784)
        #expect(result["memory_bytes"]?.integer ?? -1 >= 0)
        #expect(try run(["open", "--pictures", "0"]).status == 64)
    }

    @Test func `people can read what the bench program says`() throws {
        let outcome = try run(
            ["map"] + Self.realNVP + ["--iterations", "1", "--threads", "1", "--matrix-rows", "64"])
        #expect(outcome.output.contains("s per iteration"))
        #expect(outcome.output.contains("sgemm GFLOP/s"))
        #expect(outcome.status == 0)
    }

    @Test func `the bench program explains what it cannot measure`() throws {
        let unknown = try run(["map", "--model", "no-such-model"])
        #expect(unknown.status != 0)
        #expect(unknown.errors.contains("no-such-model: there is no such model in Models/"))
        let odd = try run(["map", "--size", "30"])
        #expect(odd.status != 0)
        #expect(odd.errors.contains("must be divisible by 16"))
        let none = try run(["train-step", "--iterations", "0"])
        #expect(none.status == 64)
        #expect(none.errors.contains("--iterations is 1 to 1000000, not 0"))
    }

    @Test func `the bench program measures operators`() throws {
        let outcome = try run(
            ["operators", "--batch", "1", "--measurements", "8", "--repeats", "1", "--json"])
        #expect(outcome.errors == "")
        struct Result: Decodable {
            struct Blur: Decodable {
                let side: Int
                let direct, fourier: Double
            }
            let blurs: [Blur]
            let matrixGigabytesPerSecond, readingGigabytesPerSecond: Double
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let found = try decoder.decode(Result.self, from: Data(outcome.output.utf8))
        #expect(found.blurs.map(\.side) == [3, 5, 7, 9, 11, 15, 21, 31])
        #expect(found.blurs.allSatisfy { $0.direct > 0 && $0.fourier > 0 })
        #expect(found.matrixGigabytesPerSecond > 0 && found.readingGigabytesPerSecond > 0)
    }

    @Test(arguments: ["latent", "image"], ["identity", "blur", "matrix"])
    func `the bench program compares iterations with their passes`(
        space: String, forward: String
    ) throws {
        let outcome = try run(
            ["passes", "--size", "32"] + Self.glow.filter { $0 != "--size" && $0 != "8" }
                + [
                    "--space", space, "--operator", forward, "--batch", "2", "--iterations", "3",
                    "--rounds", "2", "--threads", "1", "--json",
                ])
        #expect(outcome.errors == "")
        let result = try JSONValue(parsing: outcome.output, context: "passes")
        let ratios = (result["ratios"]?.array ?? []).compactMap(\.number)
        #expect(ratios.count == 2)
        #expect(ratios.contains(result["ratio"]?.number ?? 0))
        for part in ["iteration", "flow", "operator"] {
            #expect((result["seconds"]?[part]?.number ?? 0) > 0)
        }
    }

    @Test func `an unfolded network is measured with activations kept and computed again`() throws {
        for keep in [[], ["--keep"]] {
            let outcome = try run(
                ["unfold"] + Self.glow
                    + ["--folds", "2", "--iterations", "1", "--threads", "1", "--json"] + keep)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let result = try JSONValue(parsing: outcome.output, context: "unfold")
            #expect(result["folds"]?.number == 2)
            #expect(result["recomputing"] == .bool(keep.isEmpty))
            #expect(result["parameters"]?.number ?? 0 > 0)
            #expect(result["memory_bytes"]?.number ?? 0 > 0)
            let drift = try #require(result["drift"]?.number)
            #expect(keep.isEmpty ? drift > 0 && drift < 1e-3 : drift == 0)
        }
    }

    @Test func `a network without folds is refused`() throws {
        #expect(try run(["unfold", "--folds", "0"]).status == 64)
    }
}
