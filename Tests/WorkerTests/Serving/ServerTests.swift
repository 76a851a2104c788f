import Arrays
import Foundation
import Images
import Jobs
import Pipeline
import Tensors
import TestSupport
import Testing
import Worker

@Suite(.timeLimit(.minutes(20))) struct ServerTests {
    @Test func `it is ready first and ends with its requests`() throws {
        try withTemporaryDirectory { folder in
            let dialogue = try Dialogue([], in: folder)
            #expect(dialogue.events == [.ready(.init(software: "sluice test"))])
        }
    }

    @Test func `a job becomes an order that may read nothing else`() throws {
        try withTemporaryDirectory { folder in
            var found: JobOrder?
            let restorer = FakeRestorer { order, _ in
                found = order
                return .empty(order, [.init(path: "result.json", bytes: 7, sha256: "0f")])
            }
            let line = try Dialogue.line(.job(3, in: folder))
            let dialogue = try Dialogue([line], in: folder, restorer: restorer)
            #expect(
                dialogue.events.dropFirst() == [
                    .started(.init(request: 3, pictures: 0)),
                    .finished(
                        .init(
                            request: 3, model: "Models/tiny",
                            files: [.init(path: "result.json", bytes: 7, sha256: "0f")])),
                ])
            let order = try #require(found)
            #expect(order.name == "stripes")
            #expect(order.policy == .confined(datasets: ["/data"], models: ["/models"]))
            #expect(order.device == .cpu)
            #expect(order.picturePrefix == "inputs/")
            #expect(order.limits == .init(pixels: 99, pictures: 9))
        }
    }

    @Test func `progress comes four times a second at most, and for every picture`() throws {
        try withTemporaryDirectory { folder in
            var time = ContinuousClock.now
            let restorer = FakeRestorer { order, progress in
                for (picture, done) in [("a", 0), ("c", 2)] {
                    for iteration in 1...10 {
                        try progress(.step(picture, done: done, iteration: iteration))
                        time += .milliseconds(100)
                    }
                }
                return .empty(order)
            }
            let line = try Dialogue.line(.job(1, in: folder))
            let dialogue = try Dialogue([line], in: folder, restorer: restorer, now: { time })
            var steps: [String] = []
            for case .progress(let progress) in dialogue.events {
                steps.append("\(progress.picture)\(progress.iteration)")
                #expect(progress.secondsLeft == nil)
                #expect(progress.batch == 2)
                // The clock of this test takes a tenth of a second for an iteration.
                let isFirst = progress.iteration == 1
                #expect(progress.rate.map { ($0 * 1e6).rounded() / 1e6 } == (isFirst ? nil : 10))
            }
            #expect(steps == ["a1", "a4", "a7", "a10", "c1", "c4", "c7", "c10"])
            #expect(dialogue.events[1] == .started(.init(request: 1, pictures: 4)))
            #expect(dialogue.log.contains { $0.contains("warning: a warning") })
        }
    }

    @Test func `the way to a start does not count for how fast iterations go`() throws {
        try withTemporaryDirectory { folder in
            var time = ContinuousClock.now
            let restorer = FakeRestorer { order, progress in
                for iteration in [0, 0, 0, 1, 2] {
                    try progress(.step("a", iteration: iteration))
                    time += .seconds(1)
                }
                return .empty(order)
            }
            let line = try Dialogue.line(.job(1, in: folder))
            let dialogue = try Dialogue([line], in: folder, restorer: restorer, now: { time })
            var rates: [Double?] = []
            for case .progress(let progress) in dialogue.events { rates.append(progress.rate) }
            #expect(rates == [nil, nil, nil, nil, 1])
        }
    }

    @Test func `a live picture lies beside the results, and none is needed`() throws {
        for isPossible in [true, false] {
            try withTemporaryDirectory { folder in
                let output = folder.appending(path: "out")
                if isPossible {
                    try FileManager.default.createDirectory(
                        at: output, withIntermediateDirectories: false)
                }
                var time = ContinuousClock.now
                let restorer = FakeRestorer { order, report in
                    for iteration in 1...40 {
                        try report(
                            .step("a", iteration: iteration) {
                                [
                                    try Picture(
                                        pixels: HostArray([1, 2] as [UInt8], shape: [1, 2, 1]))
                                ]
                            })
                        time += .milliseconds(100)
                    }
                    return .empty(order)
                }
                let line = try Dialogue.line(.job(1, in: folder))
                let dialogue = try Dialogue([line], in: folder, restorer: restorer, now: { time })
                guard case .finished = dialogue.events.last else {
                    Issue.record("the job did not finish")
                    return
                }
                let file = output.appending(path: LivePicture.name)
                #expect(FileManager.default.fileExists(atPath: file.path) == isPossible)
                let warnings = dialogue.log.filter { $0.contains("no live picture") }
                #expect(warnings.count == (isPossible ? 0 : 1), "\(dialogue.log)")
            }
        }
    }

    @Test func `a failure ends its request and no more`() throws {
        try withTemporaryDirectory { folder in
            let failure = JobFailure(
                .resource, "memory", "too many pictures", hint: "give fewer pictures")
            let restorer = FakeRestorer { _, progress in
                try progress(.step("a", iteration: 1))
                throw failure
            }
            let line = try Dialogue.line(.job(5, in: folder))
            let dialogue = try Dialogue([line, line], in: folder, restorer: restorer)
            #expect(
                dialogue.events.filter { $0 == .failed(.init(request: 5, failure: failure)) }
                    .count == 2)
            #expect(dialogue.log.contains { $0.contains("failed (memory): too many pictures") })
        }
    }

    @Test func `copies of the daemon's that cannot be opened are no failure of the job`() throws {
        let errors: [any Error] = [
            JobError(.missing, file: "job.yaml"), JobError(.forbidden, file: "job.yaml"),
            JobError(.unreadable("Too many open files"), file: "job.yaml"),
            PipelineError(.missing(kind: "picture", remedy: "copy it"), in: "a.png"),
            ArrayError(.system(operation: .open, code: ENOENT), in: "a.png"),
            ArrayError(.system(operation: .read, code: EIO), in: "a.png"),
        ]
        try withTemporaryDirectory { folder in
            let job = WorkerRequest.job(5, in: folder)
            guard case .solve(let solve) = job else { return }
            let lines = try [job, .together(.init(request: 6, jobs: [solve]))].map(Dialogue.line)
            for error in errors {
                let restorer = FakeRestorer { _, _ in throw error }
                var kinds: [JobFailure.Kind] = []
                for case .failed(let event) in try Dialogue(lines, in: folder, restorer: restorer)
                    .events
                {
                    kinds.append(event.failure.kind)
                }
                #expect(kinds == [.environment, .environment], "\(error)")
            }
        }
    }

    @Test(arguments: ["cuda", "tpu"])
    func `a device that is not there is a failure of the machine`(_ device: String) throws {
        guard try Device.cudaCount() == 0 || device != "cuda" else { return }
        try withTemporaryDirectory { folder in
            let line = try Dialogue.line(.job(1, in: folder, device: device))
            guard case .failed(let event) = try Dialogue([line], in: folder).events.last else {
                Issue.record("the job did not fail")
                return
            }
            #expect(event.failure.kind == .environment)
            #expect(event.failure.code == "device.missing")
        }
    }

    @Test func `what is no request is answered, and the next one is read`() throws {
        try withTemporaryDirectory { folder in
            let good = try Dialogue.line(.job(9, in: folder))
            let lines = [
                "", "junk", #"{"type": "dance", "request": 4}"#, #"{"type": "solve"}"#,
                String(repeating: "x", count: WorkerLine.limit + 1), good,
            ]
            let events = try Dialogue(lines, in: folder).events
            var numbers: [Int] = []
            for case .failed(let event) in events {
                numbers.append(event.request)
                #expect(event.failure.code == "internal")
            }
            #expect(numbers == [0, 0, 4, 0, 0])
            #expect(events.last?.request == 9)
        }
    }

    @Test func `a daemon that is gone ends the server`() throws {
        try withTemporaryDirectory { folder in
            var ends: [Int32] = [-1, -1]
            #expect(pipe(&ends) == 0)
            close(ends[0])
            signal(SIGPIPE, SIG_IGN)
            defer { close(ends[1]) }
            let input = open("/dev/null", O_RDONLY)
            defer { close(input) }
            var server = Server(
                FakeRestorer { order, _ in .empty(order) }, events: EventWriter(ends[1]),
                software: "sluice test", log: { _ in })
            var error: StreamError?
            do {
                try server.run(LineReader(input))
            } catch let thrown as StreamError {
                error = thrown
            }
            #expect(error == StreamError(code: EPIPE))
        }
    }
}
