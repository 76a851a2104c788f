import Arrays
import Foundation
import TestSupport
import Testing

/// `sluice compare` as a user has it, with the model of digits that comes along.
@Suite(.timeLimit(.minutes(20))) struct CompareCommandTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func compare(_ solver: String, _ options: [String] = []) throws
        -> BuiltProgram.Outcome
    {
        try withTemporaryDirectory { folder in
            let text = """
                version: 1
                images: digit-00.png
                given: truth
                noise: {gaussian: {std: 0.2}}
                prior: mnist
                solver: \(solver)

                """
            try Data(text.utf8).write(to: folder.appending(path: "digits.yaml"))
            try FileManager.default.copyItem(
                at: Self.repository.appending(path: "etc/jobs/stripes-on-digits/digit-00.png"),
                to: folder.appending(path: "digit-00.png"))
            let models = Self.repository.appending(path: "Models").path
            return try BuiltProgram("sluice").run(
                ["compare", "digits.yaml", "--threads", "1", "--models", models, "--output", "out"]
                    + options,
                in: folder)
        }
    }

    @Test func `methods of the command line stand side by side`() throws {
        let outcome = try compare("map", ["--solvers", "bm3d, {map: {steps: 5}}, lasso"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 5)
        #expect(lines[0] == "out")
        #expect(lines[1].split(separator: " ") == ["method", "PSNR", "SSIM", "a", "picture"])
        let names = lines.dropFirst(2).map { $0.prefix { $0 != " " } }
        #expect(names == ["bm3d", "map", "lasso"])
        #expect(Set(lines.dropFirst().map(\.count)).count == 1)
        #expect(lines.dropFirst(2).allSatisfy { $0.contains(" dB  0.") && $0.hasSuffix("s") })
    }

    @Test func `a list in the job needs no option`() throws {
        let outcome = try compare("[bm3d, lasso]", ["--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let result = try JSONValue(parsing: outcome.output, context: "compare")
        #expect(result["comparison"]?.array?.count == 2)
    }

    @Test(arguments: [
        ("map", [], 64, "there is nothing to compare"),
        ("map", ["--solvers", "bm3d"], 64, "there is nothing to compare"),
        (
            "map", ["--solvers", "map,bmd3"], 65,
            "--solvers:1:5: solver[1] is bmd3; did you mean bm3d?"
        ),
    ])
    func `what cannot be compared is explained`(
        _ solver: String, _ options: [String], _ status: Int32, _ words: String
    ) throws {
        let outcome = try compare(solver, options)
        #expect(outcome.status == status)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
}
