import Arrays
import Foundation
import TestSupport
import Testing

/// `sluice evaluate` as a user has it, with the model of digits that comes along.
@Suite(.timeLimit(.minutes(20))) struct EvaluateCommandTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private let sluice = BuiltProgram("sluice")

    private static let text = """
        version: 1
        title: Stripes on digits
        job: {noise: {sine: {amplitude: 0.2}}, prior: mnist}
        pictures: [{name: digits, images: [digit-00.png, digit-01.png]}]
        methods:
          - {name: MAP, solver: {map: {steps: 5}}}
          - {name: longer, solver: {map: {steps: 8}}}
        sweeps: [{vary: noise.sine.amplitude, values: [0.1, 0.2]}]
        batch: 1

        """

    private func fill(_ folder: URL, _ text: String = Self.text) throws {
        try Data(text.utf8).write(to: folder.appending(path: "stripes.yaml"))
        for name in ["digit-00.png", "digit-01.png"] {
            try FileManager.default.copyItem(
                at: Self.repository.appending(path: "etc/jobs/stripes-on-digits/\(name)"),
                to: folder.appending(path: name))
        }
    }

    private func evaluate(
        _ arguments: [String] = [], in folder: URL, whenItReports: (Process) -> Void = { _ in }
    ) throws -> BuiltProgram.Outcome {
        let models = Self.repository.appending(path: "Models").path
        return try sluice.run(
            ["evaluate", "stripes.yaml", "--threads", "1", "--models", models] + arguments,
            in: folder, whenItReports: whenItReports)
    }

    private func cells(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: "Evaluations/stripes/cells").path)
    }

    /// What is in the cells, by their names.
    private func contents(_ folder: URL) throws -> [String: Data] {
        let place = folder.appending(path: "Evaluations/stripes/cells")
        let names = try cells(folder)
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try Data(contentsOf: place.appending(path: $0)))
            })
    }

    @Test func `an experiment becomes tables and a page`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let outcome = try evaluate(in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.first == "Evaluations/stripes/report.html")
            #expect(lines.count == 5)
            #expect(lines[1].hasPrefix("digits, noise.sine.amplitude 0.1, MAP, "))
            #expect(outcome.errors.contains("stripes: 50 %, "))
            #expect(outcome.errors.contains(" of 8 results, longer, noise.sine.amplitude 0.2"))
            let table = try String(
                contentsOf: folder.appending(path: "Evaluations/stripes/results.csv"),
                encoding: .utf8)
            #expect(table.split(separator: "\n").count == 9)
            #expect(try cells(folder).count == 8)

            let again = try evaluate(["--json"], in: folder)
            #expect(again.status == 0, "\(again.errors)")
            let summary = try JSONValue(parsing: again.output, context: "summary")
            #expect(summary["results"]?.array?.count == 4)
        }
    }

    @Test func `an interrupt keeps what was found, and the same command goes on`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder, Self.text.replacing("steps: 8", with: "steps: 400"))
            let outcome = try evaluate(in: folder) { process in
                for _ in 0..<6000 where (try? cells(folder).isEmpty) ?? true { usleep(10_000) }
                process.interrupt()
            }
            #expect(outcome.status == 130)
            #expect(outcome.errors.contains("what was found is kept in Evaluations/stripes"))
            let kept = try contents(folder)
            #expect((1..<8).contains(kept.count))
            try Data(Self.text.utf8).write(to: folder.appending(path: "stripes.yaml"))
            #expect(try evaluate(in: folder).status == 0)
            // A cell tells how long it took: one that was computed again would have other bytes.
            let all = try contents(folder)
            #expect(all.filter { kept[$0.key] != nil } == kept)
            // The longer method was made shorter; of MAP there was at least one cell already.
            #expect((8..<kept.count + 8).contains(all.count))
        }
    }

    @Test func `what cannot be carried out is told with its exit code`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder, Self.text.replacing("title: Stripes on digits", with: "titel: x"))
            let mistaken = try evaluate(in: folder)
            #expect(mistaken.status == 65)
            #expect(mistaken.errors.contains("stripes.yaml:2:1: unknown key titel"))
            #expect(try evaluate(["--limit", "0"], in: folder).status == 64)
            let text = Self.text.replacing("{name: MAP,", with: "{name: MAP, prior: nowhere,")
            try Data(text.utf8).write(to: folder.appending(path: "stripes.yaml"))
            let missing = try evaluate(in: folder)
            #expect(missing.status == 66)
            #expect(missing.errors.contains("failed: MAP: nowhere: there is no such model"))
            #expect(try cells(folder).count == 4)
            let unknown = try evaluate(["--only", "long"], in: folder)
            #expect(unknown.status == 64)
            #expect(unknown.errors.contains("did you mean longer?"))
        }
    }

    @Test func `an experiment is validated, and its schema printed`() throws {
        try withTemporaryDirectory { folder in
            try fill(folder)
            let valid = try sluice.run(["validate", "stripes.yaml"], in: folder)
            #expect(valid.output == "stripes.yaml: a valid experiment\n")
            let schema = try sluice.run(["schema", "experiment"], in: folder)
            #expect(schema.output.contains("\"title\": \"Sluice experiment\""))
        }
    }
}
