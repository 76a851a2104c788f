import Daemon
import Foundation
import Glibc
import Jobs
import Logging
import TestSupport
import Testing

/// Workers that are shell scripts, and say what the tests want them to say.
@Suite(.timeLimit(.minutes(10))) struct LocalExecutorTests {
    private static let ready =
        #"echo $$ >> "$PIDS"; echo '{"type":"ready","protocol":1,"software":"script"}'"#

    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "sluice-\(UUID().uuidString)")

    /// Calls `body` with an executor whose workers do what `script` says once they are ready, and
    /// with a closure that lists the processes of all that were started.
    private func withWorker(
        _ script: String, tally: Tally = Tally(), jobsPerWorker: Int = 100,
        _ body: (LocalExecutor, () throws -> [pid_t]) async throws -> Void
    ) async throws {
        signal(SIGPIPE, SIG_IGN)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The folder is a temporary one in any case.
        defer { try? FileManager.default.removeItem(at: folder) }
        let pids = folder.appending(path: "pids")
        let executor = LocalExecutor(
            LocalSettings(
                command: ["/bin/sh", "-c", "\(Self.ready); \(script)"],
                environment: ["PIDS=\(pids.path)", "PATH=/usr/bin:/bin"],
                jobsPerWorker: jobsPerWorker),
            timekeeper: Timekeeper(SuspendingClock(), date: { 0 }),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, tally: tally,
            outOfMemoryCount: { nil })
        try await body(executor) {
            // A worker that is ended while it is being started has written nothing.
            guard FileManager.default.fileExists(atPath: pids.path) else { return [] }
            return try String(contentsOf: pids, encoding: .utf8).split(separator: "\n")
                .compactMap { pid_t($0) }
        }
        await executor.stop()
    }

    private func attempt(named job: String = "job", id: String = "id") -> Attempt {
        Attempt(job: job, id: id, number: 1, jobFile: "/j", inputs: "/i", output: "/o")
    }

    /// Looks until nothing is left of the processes, which are buried on threads of their own.
    private func expectEnd(of workers: [pid_t]) {
        let end = ContinuousClock.now + .seconds(20)
        while workers.contains(where: { Glibc.kill($0, 0) == 0 }) {
            guard ContinuousClock.now < end else {
                Issue.record("workers live on: \(workers)")
                return
            }
            usleep(10_000)
        }
    }

    @Test func `a worker whose job was cancelled has not failed`() async throws {
        let tally = Tally()
        try await withWorker("read line; exec sleep 600", tally: tally) { executor, workers in
            let attempt = attempt()
            async let running = executor.run(attempt) { _ in }
            // Nothing happens as long as the worker has not been asked.
            let asking = Task {
                while !Task.isCancelled {
                    await executor.cancel("id")
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            let report = await running
            asking.cancel()
            #expect(report.outcome == .failed(.cancelled))
            expectEnd(of: try workers())
        }
        #expect(tally.count(of: .startedWorker) == 1)
        #expect(tally.count(of: .failedWorker) == 0)
    }

    @Test func `a worker that ends while it has a job has failed`() async throws {
        let tally = Tally()
        try await withWorker("read line; exit 3", tally: tally) { executor, _ in
            _ = await executor.run(attempt()) { _ in }
        }
        #expect(tally.count(of: .failedWorker) == 1)
    }

    @Test func `a worker that does not take its request is broken, and ended`() async throws {
        try await withWorker("exec sleep 600") { executor, workers in
            let attempt = attempt(named: String(repeating: "x", count: 2 << 20))
            let report = await executor.run(attempt) { _ in }
            guard case .crashed(let failure) = report.outcome else {
                Issue.record("\(report.outcome)")
                return
            }
            #expect(failure.code == "worker.crashed")
            #expect(failure.message.contains("did not take a request"))
            expectEnd(of: try workers())
        }
    }

    @Test func `a worker that refuses several jobs at once is believed at once`() async throws {
        let script = #"""
            read line; echo '{"type":"failed","request":2,"failure":{"kind":"environment","code":"internal","message":"old"}}'; exec sleep 600
            """#
        try await withWorker(script) { executor, _ in
            let (ends, pen) = AsyncStream.makeStream(of: AttemptNews.self)
            await executor.run([attempt(named: "a"), attempt(named: "b")]) { pen.yield($1) }
            pen.finish()
            var outcomes: [AttemptOutcome] = []
            for await case .ended(let report) in ends { outcomes.append(report.outcome) }
            #expect(
                outcomes
                    == Array(
                        repeating: .failed(JobFailure(.environment, "internal", "old")), count: 2))
        }
    }

    @Test func `whoever cancels a job that has left its team harms no neighbour`() async throws {
        let script = #"""
            read line; echo '{"type":"finished","request":3,"files":[]}'; sleep 1
            echo '{"type":"finished","request":4,"files":[]}'
            read line; echo '{"type":"finished","request":5,"files":[]}'; exec sleep 600
            """#
        try await withWorker(script) { executor, workers in
            let (ends, pen) = AsyncStream.makeStream(of: (Int, AttemptOutcome).self)
            let attempts = ["a", "b"].map { attempt(named: $0, id: $0) }
            async let running: Void = executor.run(attempts) { index, news in
                if case .ended(let report) = news { pen.yield((index, report.outcome)) }
            }
            var outcomes: [Int: AttemptOutcome] = [:]
            for await (index, outcome) in ends {
                outcomes[index] = outcome
                if index == 1 { break }
                await executor.cancel("a")
            }
            await running
            #expect(outcomes == [0: .finished([]), 1: .finished([])])
            // The last end is told when the worker can be asked again, so no second one is started.
            let next = await executor.run(attempt(named: "c", id: "c")) { _ in }
            #expect(next.outcome == .finished([]))
            let started = try workers()
            #expect(started.count == 1)
        }
    }

    @Test func `a warm worker that does not take its request is ended, not forgotten`()
        async throws
    {
        let script = #"""
            read line; echo '{"type":"probed","request":2,"bad":[]}'; exec sleep 600
            """#
        try await withWorker(script) { executor, workers in
            #expect(await executor.probe(directory: "/", pictures: ["a.png"]) == .bad([]))
            let attempt = attempt(named: String(repeating: "x", count: 2 << 20))
            let report = await executor.run(attempt) { _ in }
            guard case .crashed = report.outcome else {
                Issue.record("\(report.outcome)")
                return
            }
            let started = try workers()
            #expect(started.count == 2)
            expectEnd(of: started)
        }
    }

    /// A worker that answers everything; a job named slow is solved when a file is there.
    private func answering(after signal: URL) -> String {
        #"""
        while read -r line; do number=${line#*\"request\":}; number=${number%%[,\}]*}; \#
        case "$line" in \#
        *'"probe"'*) echo "{\"type\":\"probed\",\"request\":$number,\"bad\":[]}" ;; \#
        *) case "$line" in *slow*) while [ ! -e '\#(signal.path)' ]; do sleep 0.05; done ;; esac; \#
        echo "{\"type\":\"finished\",\"request\":$number,\"files\":[]}" ;; esac; done
        """#
    }

    @Test func `a worker that has solved a job stays warm, not one that has only probed`()
        async throws
    {
        let signal = folder.appending(path: "go")
        try await withWorker(answering(after: signal)) { executor, workers in
            async let running = executor.run(attempt(named: "slow")) { _ in }
            while (try? workers().count) != 1 { try await Task.sleep(for: .milliseconds(20)) }
            #expect(await executor.probe(directory: "/", pictures: ["a.png"]) == .bad([]))
            try Data().write(to: signal)
            #expect(await running.outcome == .finished([]))
            let started = try workers()
            #expect(started.count == 2)
            expectEnd(of: Array(started.dropFirst()))
            for _ in 0..<2 {
                #expect(await executor.run(attempt()) { _ in }.outcome == .finished([]))
                #expect(await executor.probe(directory: "/", pictures: ["a.png"]) == .bad([]))
            }
            #expect(try workers() == started)
        }
    }

    @Test func `only jobs that are solved count for the life of a worker`() async throws {
        let script = answering(after: folder)
        let tally = Tally()
        try await withWorker(script, tally: tally, jobsPerWorker: 2) { executor, workers in
            for _ in 0..<5 {
                #expect(await executor.probe(directory: "/", pictures: ["a.png"]) == .bad([]))
            }
            for count in [1, 1, 2] {
                #expect(await executor.run(attempt()) { _ in }.outcome == .finished([]))
                let started = try workers()
                #expect(started.count == count)
            }
        }
        #expect(tally.count(of: .recycledWorker) == 1)
    }

    @Test func `a worker that only probes is replaced too, after ten times as many requests`()
        async throws
    {
        let script = answering(after: folder)
        let tally = Tally()
        try await withWorker(script, tally: tally, jobsPerWorker: 1) { executor, workers in
            for probe in 0..<25 {
                #expect(await executor.probe(directory: "/", pictures: ["a.png"]) == .bad([]))
                let started = try workers()
                #expect(started.count == 1 + probe / 10)
            }
            expectEnd(of: Array(try workers().dropLast()))
        }
        #expect(tally.count(of: .startedWorker) == 3)
        #expect(tally.count(of: .recycledWorker) == 2)
        #expect(tally.count(of: .failedWorker) == 0)
    }

    @Test func `a failure without a number ends the request`() async throws {
        let script = #"""
            read line; echo '{"type":"failed","request":0,"failure":{"kind":"environment",\#
            "code":"internal","message":"a request is too long"}}'; exec sleep 600
            """#
        try await withWorker(script) { executor, workers in
            let expected = JobFailure(.environment, "internal", "a request is too long")
            #expect(await executor.run(attempt()) { _ in }.outcome == .failed(expected))
            let answer = await executor.probe(directory: "/", pictures: ["a.png"])
            #expect(answer == .unavailable("a request is too long"))
            expectEnd(of: try workers())
        }
    }

    @Test func `a worker that is killed over pictures is told from one that never was ready`()
        async throws
    {
        try await withWorker("read line; kill -9 $$") { executor, _ in
            let answer = await executor.probe(directory: "/", pictures: ["a.png"])
            #expect(answer == .killed("the worker was killed from outside"))
        }
        let executor = LocalExecutor(
            LocalSettings(command: ["/bin/sh", "-c", "kill -9 $$"], environment: []),
            timekeeper: Timekeeper(SuspendingClock(), date: { 0 }),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            outOfMemoryCount: { nil })
        let answer = await executor.probe(directory: "/", pictures: ["a.png"])
        #expect(answer == .unavailable("the worker was killed before it was ready"))
        #expect(await executor.run(attempt()) { _ in }.outcome == .killed)
    }

    @Test func `more pictures than fit into one request are probed in several`() async throws {
        let script = #"""
            number=2; while read line; do \#
            echo "{\"type\":\"probed\",\"request\":$number,\#
            \"bad\":[{\"picture\":\"p\",\"reason\":\"$(printf '%s' "$line" | wc -c)\"}]}"; \#
            number=$((number + 1)); done
            """#
        try await withWorker(script) { executor, workers in
            let name = String(repeating: "n", count: 250)
            let pictures = (0..<2000).map { "\(name)\($0).png" }
            guard case .bad(let bad) = await executor.probe(directory: "/", pictures: pictures)
            else {
                Issue.record("it has no answer")
                return
            }
            #expect(bad.count > 10)
            let sizes = bad.compactMap { Int($0.reason) }
            #expect(sizes.allSatisfy { $0 < 64 << 10 })
            #expect(sizes.reduce(0, +) > 2000 * 250)
            let started = try workers()
            #expect(started.count == 1)
        }
    }
}
