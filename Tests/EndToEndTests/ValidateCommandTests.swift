import Arrays
import Foundation
import TestSupport
import Testing

/// `sluice validate` says of a job what `sluice run` would, and needs no picture to be there.
@Suite(.timeLimit(.minutes(20))) struct ValidateCommandTests {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Runs `body` in a folder with the model of digits, a digit, and a job that measures it.
    private func withJob(
        _ forward: String, images: String = "digit-00.png",
        _ body: (BuiltProgram, URL) throws -> Void
    ) throws {
        try withTemporaryDirectory { folder in
            let files = FileManager.default
            try files.copyItem(
                at: Self.repository.appending(path: "etc/jobs/stripes-on-digits/digit-00.png"),
                to: folder.appending(path: "digit-00.png"))
            try files.createSymbolicLink(
                at: folder.appending(path: "Models"),
                withDestinationURL: Self.repository.appending(path: "Models"))
            let matrix = HostArray([Float](repeating: 1, count: 6300), shape: [10, 630])
            try Data(NPYFile(matrix).serialized()).write(to: folder.appending(path: "A.npy"))
            let text = """
                version: 1
                images: \(images)
                given: truth
                forward: \(forward)
                prior: mnist
                solver: {map: {steps: 2}}

                """
            try Data(text.utf8).write(to: folder.appending(path: "job.yaml"))
            try body(BuiltProgram("sluice"), folder)
        }
    }

    @Test(arguments: [
        ("{matrix: {file: A.npy}}", "job.yaml:4:26: forward[0].matrix.file: "),
        ("{downsample: {factor: 3}}", "job.yaml:4:32: forward[0].downsample.factor: "),
    ])
    func `what a run would refuse is refused in the same words`(
        _ forward: String, _ start: String
    ) throws {
        try withJob(forward) { sluice, folder in
            let checked = try sluice.run(["validate", "job.yaml"], in: folder)
            #expect(checked.status == 65)
            #expect(checked.errors.hasPrefix(start), "\(checked.errors)")
            #expect(checked.output.isEmpty)
            let solved = try sluice.run(["run", "job.yaml", "--threads", "1"], in: folder)
            #expect(solved.status == 65)
            #expect(solved.errors == checked.errors)
            let told = try sluice.run(["validate", "--json", "job.yaml"], in: folder)
            let error = try JSONValue(parsing: told.output, context: "validate")
                .array?.first?["errors"]?.array?.first
            #expect(error?["line"]?.number == 4)
            #expect(error?["hint"]?.string?.isEmpty == false)
        }
    }

    @Test func `a good job is valid, with its pictures and before they are there`() throws {
        try withJob("{random_matrix: {measurements: 1000000}}") { sluice, folder in
            let valid = try sluice.run(["validate", "job.yaml"], in: folder)
            #expect(valid.status == 0, "\(valid.errors)")
            #expect(valid.output == "job.yaml: a valid job\n")
            #expect(valid.errors.isEmpty, "\(valid.errors)")
        }
        try withJob("identity", images: "later.png") { sluice, folder in
            let valid = try sluice.run(["validate", "job.yaml"], in: folder)
            #expect(valid.status == 0, "\(valid.errors)")
            #expect(valid.output == "job.yaml: a valid job\n")
            let note = "note: job.yaml:2:9: images: later.png: there is no such picture"
            #expect(valid.errors.hasPrefix(note), "\(valid.errors)")
        }
    }
}
