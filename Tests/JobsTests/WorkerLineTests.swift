import FoundationEssentials
import Jobs
import Testing

@Suite struct WorkerLineTests {
    private static let events: [WorkerEvent] = [
        .ready(.init(software: "sluice 0.1.0")),
        .probed(.init(request: 1, bad: [.init(picture: "a/b.png", reason: "ends early")])),
        .probed(
            .init(
                request: 1,
                bad: [.init(picture: "c.png", reason: "cannot read", fault: .unreachable)])),
        .started(.init(request: 2, pictures: 16)),
        .progress(
            .init(
                request: 2, picture: "a.png", done: 3, of: 16, iteration: 40, iterations: 150,
                secondsLeft: 12.5)),
        .log(.init(request: 2, lines: ["0.1 s  a warning"])),
        .finished(
            .init(
                request: 2, model: "mnist",
                files: [.init(path: "result.json", bytes: 9, sha256: "0f")])),
        .failed(
            .init(
                request: 2,
                failure: JobFailure(
                    .job, "job.invalid", "bad", file: "job.yaml", line: 7, column: 3))),
    ]

    @Test(arguments: events) func `an event survives its line`(_ event: WorkerEvent) throws {
        var line = try WorkerLine.encode(event)
        #expect(line.popLast() == UInt8(ascii: "\n"))
        #expect(!line.contains(UInt8(ascii: "\n")))
        #expect(try WorkerLine.event(line) == event)
    }

    @Test func `a request survives its line`() throws {
        let solve = WorkerRequest.Solve(
            request: 2, job: "j", id: "i", attempt: 1, jobFile: "/j", inputs: "/in",
            output: "/out", device: "cpu", threads: 2, models: ["/m"], datasets: [],
            limits: .init())
        let requests: [WorkerRequest] = [
            .probe(.init(request: 1, directory: "/x", pictures: ["a.png"], limits: .init())),
            .solve(solve), .together(.init(request: 1, jobs: [solve, solve])),
        ]
        for request in requests {
            let line = try WorkerLine.encode(request)
            #expect(try WorkerLine.request(line.dropLast()) == request)
        }
    }

    @Test func `the keys on the wire are those of the documentation`() throws {
        let line =
            #"{"type":"progress","request":2,"picture":"a","done":1,"of":4,"iteration":5,"iterations":10}"#
        let expected = WorkerEvent.progress(
            .init(
                request: 2, picture: "a", done: 1, of: 4, iteration: 5, iterations: 10,
                secondsLeft: nil))
        #expect(try WorkerLine.event(Data(line.utf8)) == expected)
    }

    @Test(arguments: ["", "{}", "[]", #"{"type":"dance"}"#, #"{"type":"ready"}"#, "\u{0}"])
    func `what is no event is refused`(_ line: String) {
        #expect(throws: DecodingError.self) { try WorkerLine.event(Data(line.utf8)) }
    }

    @Test func `progress counts the picture that is under way`() {
        let progress = WorkerEvent.Progress(
            request: 1, picture: "a", done: 1, of: 4, iteration: 5, iterations: 10, secondsLeft: nil
        )
        #expect(progress.fraction == 0.375)
    }
}
