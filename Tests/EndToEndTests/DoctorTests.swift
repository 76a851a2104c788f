import Arrays
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct DoctorTests {
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
}
