import Daemon
import Jobs

/// The broken twin of every executor: it does what `truth` does, and tells something else.
struct LyingExecutor: Executor {
    let truth: any Executor
    /// What it says instead of each outcome.
    var lie: @Sendable (AttemptOutcome) -> AttemptOutcome = { $0 }
    var tellsProgress = true
    /// How long it keeps what came of an attempt to itself.
    var delay = Duration.zero
    /// What it does before it runs an attempt.
    var prepare: @Sendable (Attempt) -> Void = { _ in }

    var slots: Int { truth.slots }

    func run(
        _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
    ) async -> AttemptReport {
        prepare(attempt)
        let report = await truth.run(attempt) { [tellsProgress] in
            if tellsProgress { progress($0) }
        }
        // A cancelled sleep only makes it tell sooner.
        try? await Task.sleep(for: delay)
        return AttemptReport(lie(report.outcome), log: report.log)
    }

    func probe(directory: String, pictures: [String]) async -> ProbeAnswer {
        await truth.probe(directory: directory, pictures: pictures)
    }

    func cancel(_ id: String) async { await truth.cancel(id) }
    func stop() async { await truth.stop() }
}
