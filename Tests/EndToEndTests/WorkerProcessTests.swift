import Arrays
import Foundation
import Images
import TestSupport
import Testing

/// `sluice-worker serve`, spoken with as `sluiced` does.
@Suite(.timeLimit(.minutes(20))) struct WorkerProcessTests {
    private let worker = BuiltProgram("sluice-worker")

    /// The events that the worker sends, as JSON.
    private func events(_ outcome: BuiltProgram.Outcome) throws -> [JSONValue] {
        try outcome.output.split(separator: "\n")
            .map { try JSONValue(parsing: String($0), context: "event") }
    }

    @Test func `pictures are probed, nonsense is answered, and the end is the end`() throws {
        try withTemporaryDirectory { folder in
            let samples = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let png = try Picture(pixels: HostArray(samples, shape: [50, 60, 1])).png()
            try Data(png).write(to: folder.appending(path: "good.png"))
            try Data(png.dropLast(200)).write(to: folder.appending(path: "cut.png"))
            let requests = """
                {"type": "probe", "request": 1, "directory": "\(folder.path)", "pictures": \
                ["good.png", "cut.png"], "limits": {"pixels": 67108864, "pictures": 1000}}
                what?
                {"type": "probe", "request": 3, "directory": "\(folder.path)", "pictures": \
                ["good.png"], "limits": {"pixels": 67108864, "pictures": 1000}}

                """
            let outcome = try worker.run(["serve"], in: folder, input: requests)
            #expect(outcome.status == 0)
            let events = try events(outcome)
            #expect(
                events.map { $0["type"]?.string ?? "" } == ["ready", "probed", "failed", "probed"])
            #expect(events[0]["protocol"]?.integer == 1)
            let bad = try #require(events[1]["bad"]?.array)
            #expect(bad.map { $0["picture"]?.string } == ["cut.png"])
            #expect(events[3]["request"]?.integer == 3)
            #expect(events[3]["bad"]?.array?.isEmpty == true)
        }
    }

    @Test func `more threads than cores work, with a warning`() throws {
        try withTemporaryDirectory { folder in
            for (threads, isWarned) in [("1", false), ("1000", true)] {
                let outcome = try worker.run(
                    ["run", "missing.yaml", "--threads", threads], in: folder)
                #expect(outcome.errors.contains("warning: 1000 threads") == isWarned)
            }
        }
    }

    @Test func `a job that cannot be read fails, and the worker lives`() throws {
        try withTemporaryDirectory { folder in
            try Data("version: 1\nimages: a.png\nsolver: mapp\n".utf8)
                .write(to: folder.appending(path: "job.yaml"))
            let request = """
                {"type": "solve", "request": 2, "job": "x", "id": "20260131-120000-5f3a9c", \
                "attempt": 1, "jobFile": "\(folder.path)/job.yaml", "inputs": "\(folder.path)", \
                "output": "\(folder.path)", "device": "cpu", "threads": 1, "models": [], \
                "datasets": [], "limits": {"pixels": 67108864, "pictures": 1000}}

                """
            let outcome = try worker.run(["serve"], in: folder, input: request + request)
            #expect(outcome.status == 0)
            let events = try events(outcome)
            #expect(events.count == 3)
            for event in events.dropFirst() {
                #expect(event["failure"]?["code"]?.string == "job.invalid")
                #expect(event["failure"]?["line"]?.integer == 3)
            }
        }
    }

    @Test func `requests and events may be files, and a second worker leaves the first's alone`()
        throws
    {
        try withTemporaryDirectory { folder in
            let request = """
                {"type": "probe", "request": 1, "directory": "\(folder.path)", "pictures": \
                ["none.png"], "limits": {"pixels": 67108864, "pictures": 1000}}

                """
            let requests = folder.appending(path: "requests")
            let events = folder.appending(path: "events")
            try Data(request.utf8).write(to: requests)
            let arguments = ["serve", "--requests", requests.path, "--events", events.path]
            let outcome = try worker.run(arguments, in: folder)
            #expect(outcome.status == 0)
            #expect(outcome.output.isEmpty)
            let text = try String(contentsOf: events, encoding: .utf8)
            let types = try text.split(separator: "\n")
                .map { try JSONValue(parsing: String($0), context: "event")["type"]?.string }
            #expect(types == ["ready", "probed"])
            #expect(try worker.run(arguments, in: folder).status == 75)
            #expect(try String(contentsOf: events, encoding: .utf8) == text)
        }
    }

    @Test func `arguments that mean nothing are an error of the configuration`() throws {
        try withTemporaryDirectory { folder in
            let serving = try worker.run(["serve", "--fast"], in: folder)
            #expect(serving.status == 78)
            let running = try worker.run(["run"], in: folder)
            #expect(running.status == 64)
        }
    }
}
