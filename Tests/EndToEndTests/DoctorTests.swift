import Arrays
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct DoctorTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test func `the doctor finds the programs and says what is missing`() throws {
        try withTemporaryDirectory { folder in
            let outcome = try BuiltProgram("sluice").run(["doctor", "--json"], in: folder)
            let output = try JSONValue(parsing: outcome.output, context: "findings")
            let findings = try #require(output.array)
            func state(_ subject: String) -> String? {
                findings.first { $0["subject"]?.string == subject }?["state"]?.string
            }
            for subject in ["pictures", "job files", "sluiced", "sluice-worker", "libtorch"] {
                #expect(state(subject) == "works", "\(subject)")
            }
            let hasFailed = findings.contains { $0["state"]?.string == "fails" }
            #expect(outcome.status == (hasFailed ? 69 : 0))
        }
    }

    @Test func `a folder that is a file is noticed`() throws {
        try withTemporaryDirectory { folder in
            try Data().write(to: folder.appending(path: "Inbox"))
            let outcome = try BuiltProgram("sluice").run(["doctor"], in: folder)
            #expect(outcome.status == 69)
            #expect(outcome.output.contains("FAILS    Inbox"))
            #expect(outcome.output.contains("→"))
        }
    }

    @Test func `a Slurm that is not there is noticed`() throws {
        try withTemporaryDirectory { folder in
            let etc = folder.appending(path: "etc")
            try FileManager.default.createDirectory(at: etc, withIntermediateDirectories: true)
            try Data("executor: slurm\n".utf8).write(to: etc.appending(path: "sluice.yaml"))
            let outcome = try BuiltProgram("sluice").run(
                ["doctor"], in: folder, environment: ["PATH": "/nowhere"])
            #expect(outcome.status == 69)
            #expect(outcome.output.contains("FAILS    Slurm"))
            #expect(outcome.output.contains("sbatch"))
        }
    }

    @Test func `without libtorch, sluice says so and what to do`() throws {
        try withTemporaryDirectory { folder in
            let sluice = BuiltProgram("sluice")
            let alone = folder.appending(path: "sluice")
            try FileManager.default.copyItem(at: sluice.url, to: alone)
            let outcome = try BuiltProgram(at: alone).run(
                ["run", "job.yaml"], in: folder, environment: ["PATH": "/nowhere"])
            #expect(outcome.status == 69)
            #expect(outcome.errors.contains("sluice-worker"))
        }
    }

    @Test func `a worker without its libraries is not started`() throws {
        try withTemporaryDirectory { folder in
            let files = FileManager.default
            for name in ["sluice", "sluice-worker"] {
                try files.copyItem(
                    at: BuiltProgram(name).url, to: folder.appending(path: name))
            }
            // The folder of libtorch that was linked in becomes one that does not exist.
            let worker = folder.appending(path: "sluice-worker")
            var program = try Data(contentsOf: worker)
            let name = Data("libtorch_cpu.so".utf8)
            let other = Data("libtorch_gpx.so".utf8)
            while let range = program.firstRange(of: name) {
                program.replaceSubrange(range, with: other)
            }
            try program.write(to: worker)
            let front = BuiltProgram(at: folder.appending(path: "sluice"))
            let outcome = try front.run(["train", "x.yaml"], in: folder)
            #expect(outcome.status == 69)
            #expect(outcome.errors.contains("libtorch_gpx.so"))
            let doctor = try front.run(["doctor"], in: folder)
            #expect(doctor.status == 69)
            #expect(doctor.output.contains("libtorch_gpx.so"))
        }
    }

    /// What the doctor says of a folder with this configuration.
    private func opinion(
        _ configuration: String, in folder: URL
    ) throws -> BuiltProgram.Outcome {
        let file = folder.appending(path: "service.yaml")
        try Data(configuration.utf8).write(to: file)
        return try BuiltProgram("sluice").run(["doctor", "--config", file.path], in: folder)
    }

    @Test func `the configuration that is named says what is looked at`() throws {
        try withTemporaryDirectory { folder in
            let root = folder.appending(path: "root")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            try Data().write(to: root.appending(path: "Outbox"))
            let models = Self.repository.appending(path: "Models").path
            let outcome = try opinion(
                "root: root\nmodels: [\(models)]\nreserve: 1000 TiB\n", in: folder)
            #expect(outcome.output.contains("service.yaml"))
            #expect(outcome.output.contains("FAILS    Outbox"))
            #expect(outcome.output.contains("no job below 1000 TiB"))
            #expect(outcome.output.contains("in \(models)/mnist"))
        }
    }

    @Test func `a mistake in the configuration is shown with its place`() throws {
        try withTemporaryDirectory { folder in
            let outcome = try opinion("attempts: 2\ndrain: 3\n", in: folder)
            #expect(outcome.status == 69)
            #expect(outcome.output.contains("service.yaml:2:8: drain is 3; write a time"))
        }
    }

    @Test func `what cannot be told of results is noticed`() throws {
        try withTemporaryDirectory { folder in
            let outcome = try opinion(
                "on_success: tell\nmetrics: nowhere/sluice.prom\n", in: folder)
            #expect(outcome.status == 69)
            let hook = "service.yaml:1:13: on_success names no program: there is no tell"
            #expect(outcome.output.contains(hook))
            #expect(outcome.output.contains("nowhere/sluice.prom cannot be replaced"))
        }
    }
}
