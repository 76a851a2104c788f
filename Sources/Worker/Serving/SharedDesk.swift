import Jobs
import Pipeline
import Reports

/// Where one of several jobs that are solved together is reported about.
///
/// Standard error belongs to all of them, so each job's own lines are sent as events.
final class SharedDesk {
    /// Nil when there is no such device.
    var order: JobOrder?
    private let request: Int
    private let events: EventWriter
    private var reporter: SolveReporter
    private var log: JobLog
    private var preview: Preview
    private let lines: LineStore

    private final class LineStore {
        var lines: [String] = []
    }

    init(
        _ request: WorkerRequest.Solve, among jobs: Int, events: EventWriter,
        now: @escaping () -> ContinuousClock.Instant
    ) {
        self.request = request.request
        self.events = events
        reporter = SolveReporter(request: request.request, events: events, now: now)
        let lines = LineStore()
        self.lines = lines
        preview = Preview(request.output, among: jobs, now: now)
        log = JobLog(write: { lines.lines.append($0) }, now: now)
    }

    func begin() {
        if let order { log.begin(order) }
    }

    /// Tells the daemon what has come of the job.
    ///
    /// - Throws: `StreamError` when the daemon can be reached no more.
    func hear(_ news: JobNews) throws {
        switch news {
        case .progress(let step):
            log.note(step.progress)
            try reporter.report(step.progress)
            if let warning = preview.offer(step) { log.warn(warning) }
            // What is sent is kept when the worker dies.
            if !lines.lines.isEmpty { try sendLines() }
        case .finished(let outcome):
            log.end(outcome.report)
            try reporter.start(pictures: outcome.report.images.count)
            try sendLines()
            try events.send(.finished(.init(request: request, outcome)))
        case .failed(let error):
            try fail(error)
        }
    }

    /// Tells the daemon that the job has failed.
    ///
    /// - Throws: `StreamError` when the daemon can be reached no more.
    func fail(_ error: any Error) throws {
        let failure = JobFailure(inDaemon: error)
        log.fail(failure)
        try sendLines()
        try events.send(.failed(.init(request: request, failure: failure)))
    }

    private func sendLines() throws {
        try events.send(.log(.init(request: request, lines: lines.lines)))
        lines.lines = []
    }
}
