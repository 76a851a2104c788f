import FoundationEssentials
import Jobs
import Pipeline
import Reports
import Tensors

/// Answers a daemon's requests, one after the other, until there are no more.
///
/// The protocol is described in `Docs/worker-protocol.md`.
package struct Server<Restorer: Restoring> {
    var restorer: Restorer
    let events: EventWriter
    private let software: String
    private let log: (String) -> Void
    let now: () -> ContinuousClock.Instant

    /// A server that restores with `restorer` and writes what it does to `log`, line by line.
    package init(
        _ restorer: Restorer, events: EventWriter, software: String,
        log: @escaping (String) -> Void,
        now: @escaping () -> ContinuousClock.Instant = { ContinuousClock().now }
    ) {
        self.restorer = restorer
        self.events = events
        self.software = software
        self.log = log
        self.now = now
    }

    /// Says that it is ready, and answers `requests` until they end.
    ///
    /// - Throws: `StreamError` when the daemon can be reached no more.
    package mutating func run(_ requests: consuming LineReader) throws {
        try events.send(.ready(.init(software: software)))
        while let line = try requests.next() {
            switch line {
            case .tooLong:
                try refuse(0, "a request is longer than \(WorkerLine.limit) bytes")
            case .text(let line):
                do {
                    try answer(WorkerLine.request(line))
                } catch let error as DecodingError {
                    try refuse(Self.number(in: line), "a request cannot be read: \(error)")
                }
            }
        }
    }

    private mutating func answer(_ request: WorkerRequest) throws {
        switch request {
        case .probe(let request): try probe(request)
        case .solve(let request): try solve(request)
        case .together(let request): try solve(request.jobs)
        }
    }

    private func probe(_ request: WorkerRequest.Probe) throws {
        let probe = Probe(directory: request.directory, limits: request.limits)
        let pictures = request.pictures.prefix(max(0, request.limits.pictures))
        var bad = probe.bad(of: Array(pictures))
        bad += request.pictures.dropFirst(pictures.count).map {
            .init(
                picture: $0, reason: "a job may have \(request.limits.pictures) pictures; split it")
        }
        log("probe: \(request.pictures.count - bad.count) of \(request.pictures.count) good")
        try events.send(.probed(.init(request: request.request, bad: bad)))
    }

    private mutating func solve(_ request: WorkerRequest.Solve) throws {
        var reporter = SolveReporter(request: request.request, events: events, now: now)
        var log = JobLog(write: log, now: now)
        do {
            let order = try JobOrder(request)
            log.begin(order)
            var preview = Preview(order.output, now: now)
            try TorchProcess.useThreads(order.threads)
            let outcome = try restorer.restore(order) { step in
                try reporter.report(step.progress)
                log.note(step.progress)
                if let warning = preview.offer(step) { log.warn(warning) }
            }
            log.end(outcome.report)
            try reporter.start(pictures: outcome.report.images.count)
            try events.send(.finished(.init(request: request.request, outcome)))
        } catch let error as StreamError {
            throw error
        } catch {
            let failure = JobFailure(inDaemon: error)
            log.fail(failure)
            try events.send(.failed(.init(request: request.request, failure: failure)))
        }
    }

    /// Answers what is no request, and waits for the next one.
    private func refuse(_ number: Int, _ message: String) throws {
        log(message)
        let failure = JobFailure(
            .environment, "internal", message, hint: "use sluiced and sluice-worker of one version")
        try events.send(.failed(.init(request: number, failure: failure)))
    }

    /// The number of a request that cannot be read otherwise; 0 when there is none.
    private static func number(in line: Data) -> Int {
        // There is nothing to say about a line without a number but that it is wrong.
        return (try? JSONDecoder().decode(Numbered.self, from: line))?.request ?? 0
    }
}

/// All that is understood of a request that cannot be read otherwise.
private struct Numbered: Decodable {
    let request: Int
}

extension WorkerEvent.Finished {
    init(request: Int, _ outcome: JobOutcome) {
        self.init(
            request: request, model: outcome.model,
            files: outcome.files.map {
                File(path: $0.path, bytes: $0.bytes, sha256: $0.sha256)
            })
    }
}
