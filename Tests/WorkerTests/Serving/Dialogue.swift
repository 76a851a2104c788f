import Foundation
import Jobs
import Worker

/// A server that is asked all its questions at once.
struct Dialogue {
    let events: [WorkerEvent]
    let log: [String]

    /// What a server with `restorer` answers to `lines`, in `folder`.
    init(
        _ lines: [String], in folder: URL,
        restorer: FakeRestorer = .init { order, _ in .empty(order) },
        now: @escaping () -> ContinuousClock.Instant = { ContinuousClock().now }
    ) throws {
        let requests = folder.appending(path: "requests").path
        let answers = folder.appending(path: "events").path
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: requests))
        let input = open(requests, O_RDONLY)
        let output = open(answers, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer {
            close(input)
            close(output)
        }
        var log: [String] = []
        var server = Server(
            restorer, events: EventWriter(output), software: "sluice test",
            log: { log.append($0) }, now: now)
        try server.run(LineReader(input))
        self.log = log
        events = try Data(contentsOf: URL(filePath: answers)).split(separator: UInt8(ascii: "\n"))
            .map { try WorkerLine.event(Data($0)) }
    }

    /// The line that asks for `request`.
    static func line(_ request: WorkerRequest) throws -> String {
        String(decoding: try WorkerLine.encode(request).dropLast(), as: UTF8.self)
    }
}

extension WorkerRequest {
    /// A job in `folder`.
    static func job(_ number: Int, in folder: URL, device: String = "cpu") -> WorkerRequest {
        .solve(
            Solve(
                request: number, job: "stripes", id: "20260131-120000-5f3a9c", attempt: 1,
                jobFile: folder.appending(path: "job.yaml").path, inputs: folder.path,
                output: folder.appending(path: "out").path, device: device, threads: 1,
                models: ["/models"], datasets: ["/data"], limits: Limits(pixels: 99, pictures: 9)))
    }
}
