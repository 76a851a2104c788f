import Arrays
import Foundation
import Jobs
import Pipeline
import Tensors
import TestSupport
import Testing
import Worker

@Suite(.timeLimit(.minutes(20))) struct ForegroundRunTests {
    private static let job = "version: 1\nimages: '*.png'\nprior: tiny\n"

    /// A run of `job`, which lies in `folder/job` beside three files.
    private func run(_ job: String = job, in folder: URL) throws -> ForegroundRun {
        let place = folder.appending(path: "job")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for name in ["a.png", "b.png", "note.txt"] {
            try Data(name.utf8).write(to: place.appending(path: name))
        }
        try Data(job.utf8).write(to: place.appending(path: "job.yaml"))
        var random = SeededGenerator(seed: 1)
        return try ForegroundRun(
            place.path, device: .cpu, threads: 1, policy: .user, using: &random)
    }

    /// A restorer that writes `result.json`, and tells its order.
    private func restorer(_ note: @escaping (JobOrder) -> Void = { _ in }) -> FakeRestorer {
        FakeRestorer { order, progress in
            note(order)
            try progress(.step("a", iteration: 1))
            try Data("{}".utf8).write(to: URL(filePath: order.output + "/result.json"))
            let digest = SHA256.hexadecimal(of: Array("{}".utf8))
            return .empty(order, [.init(path: "result.json", bytes: 2, sha256: digest)])
        }
    }

    @Test func `the result has the files of the worker and those of the daemon`() throws {
        try withTemporaryDirectory { folder in
            let target = folder.appending(path: "out").path
            var restorer = restorer { order in
                #expect(order.picturePrefix == "inputs/")
                #expect(order.name == "job")
                #expect(order.output != target)
            }
            let outcome = try run(in: folder).run(&restorer, destination: target) { _ in }
            #expect(outcome.folder == target)
            let manifest = try JSONDecoder().decode(
                ResultManifest.self,
                from: Data(contentsOf: URL(filePath: target + "/manifest.json")))
            #expect(
                manifest.files.map(\.path) == [
                    "inputs/a.png", "inputs/b.png", "job.yaml", "log.txt", "result.json",
                ])
            let entry = try #require(manifest.files.first { $0.path == "job.yaml" })
            #expect(entry.sha256 == SHA256.hexadecimal(of: Array(Self.job.utf8)))
            #expect(entry.bytes == Self.job.utf8.count)
            let log = try String(contentsOfFile: target + "/log.txt", encoding: .utf8)
            #expect(log.contains("0 of 4 pictures, a is next"))
            #expect(log.contains("warning: a warning"))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                    == ["job", "out"])
        }
    }

    @Test func `a run that is stopped leaves nothing`() throws {
        struct Stop: Error {}
        try withTemporaryDirectory { folder in
            var restorer = restorer()
            let run = try run(in: folder)
            #expect(throws: Stop.self) {
                try run.run(&restorer, destination: folder.appending(path: "out").path) { _ in
                    throw Stop()
                }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["job"])
        }
    }

    @Test func `the result goes where it was asked for, or gets its own name there`() throws {
        try withTemporaryDirectory { folder in
            let run = try run(in: folder)
            let own = run.destination(output: nil, current: "/here")
            #expect(ResultName(String(own.dropFirst("/here/".count)))?.name.text == "job")
            let new = folder.appending(path: "new").path
            #expect(run.destination(output: new, current: "/here") == new)
            let full = folder.path
            let inside = run.destination(output: full, current: "/here")
            #expect(inside == own.replacingOccurrences(of: "/here", with: full))
        }
    }

    @Test func `defaults belong to the inputs`() throws {
        try withTemporaryDirectory { folder in
            let place = folder.appending(path: "job")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try Data("prior: tiny\n".utf8).write(to: place.appending(path: "lab.yaml"))
            var restorer = restorer()
            let target = folder.appending(path: "out").path
            _ = try run("version: 1\nimages: a.png\ndefaults: lab.yaml\n", in: folder)
                .run(&restorer, destination: target) { _ in }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: target + "/inputs").sorted()
                    == ["a.png", "lab.yaml"])
        }
    }

    @Test func `pictures outside the folder of the job stay where they are`() throws {
        try withTemporaryDirectory { folder in
            try Data("c".utf8).write(to: folder.appending(path: "c.png"))
            let place = folder.appending(path: "job").path
            var restorer = restorer { #expect($0.picturePrefix == place + "/") }
            let target = folder.appending(path: "out").path
            _ = try run("version: 1\nimages: [a.png, ../c.png]\nprior: tiny\n", in: folder)
                .run(&restorer, destination: target) { _ in }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: target + "/inputs")
                    == ["a.png"])
        }
    }

    @Test func `inputs larger than what memory is left are copied all the same`() async {
        await #expect(processExitsWith: .success) {
            try withTemporaryDirectory { folder in
                let tests = ForegroundRunTests()
                let run = try tests.run(in: folder)
                let place = folder.appending(path: "job/a.png")
                try FileHandle(forWritingTo: place).truncate(atOffset: 96 << 20)
                var restorer = tests.restorer()
                try MemoryLimit.allow(byteCount: 48 << 20)
                let target = folder.appending(path: "out").path
                _ = try run.run(&restorer, destination: target) { _ in }
                let copy = try InputFile(target + "/inputs/a.png")
                #expect(copy.size == 96 << 20)
                #expect(try copy.bytes(at: 0, count: 6) == Array("a.png\0".utf8))
            }
        }
    }

    @Test func `mistakes in the job are all reported before anything is done`() throws {
        try withTemporaryDirectory { folder in
            let error = #expect(throws: JobError.self) {
                try run("version: 1\nimages: a.gif\nsolver: mapp\n", in: folder)
            }
            #expect(error?.issues.count == 2)
        }
    }
}
