package import Jobs
package import Logging

/// Attempts as jobs of a Slurm cluster that shares the root with this machine.
///
/// Workers of this machine still look at pictures before a job is accepted. Attempts outlive the
/// daemon: running one that was begun by an earlier daemon goes on with it.
package actor SlurmExecutor: Executor {
    package nonisolated let slots: Int

    let settings: SlurmSettings
    let files: any FileSystem
    let timekeeper: Timekeeper
    let logger: Logger
    let controller: SlurmController
    /// Decodes pictures.
    private let prober: any Executor
    private let queue = QueueExecutor(label: "sluice.slurm")
    private var cancelled: Set<String> = []
    private(set) var running: Set<String> = []
    private(set) var isStopping = false
    /// What the status was told last.
    var notes = ExecutorNotes()
    var ear: @Sendable (ExecutorNotes) -> Void = { _ in }

    /// Its disk may be a slow one, on a network: it blocks nobody else.
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        queue.asUnownedSerialExecutor()
    }

    package init(
        _ settings: SlurmSettings, files: any FileSystem, prober: any Executor,
        timekeeper: Timekeeper, logger: Logger
    ) {
        self.settings = settings
        self.files = files
        self.prober = prober
        self.timekeeper = timekeeper
        self.logger = logger
        controller = SlurmController(settings, timekeeper: timekeeper, logger: logger)
        slots = settings.spec.jobs
    }

    package func run(
        _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
    ) async -> AttemptReport {
        running.insert(attempt.id)
        let folder = SlurmFolder(attempt, in: files)
        var log = BoundedLog()
        let outcome: AttemptOutcome
        do throws(DaemonError) {
            switch try await submission(of: attempt, folder) {
            case .over(let end): outcome = end
            case .job(let id, let isWritten):
                let number = isWritten ? nil : id
                outcome = await watch(id, attempt, folder, unwritten: number, &log, progress)
            }
        } catch {
            outcome = .failed(JobFailure(.environment, "disk.failed", "\(error)"))
        }
        running.remove(attempt.id)
        cancelled.remove(attempt.id)
        await controller.forget(SlurmFolder.jobName(of: attempt))
        await note(nil, of: attempt)
        return AttemptReport(outcome, log: log.text)
    }

    package func probe(directory: String, pictures: [String]) async -> ProbeAnswer {
        await prober.probe(directory: directory, pictures: pictures)
    }

    package func cancel(_ id: String) async {
        if running.contains(id) { cancelled.insert(id) }
    }

    /// Stops watching: Slurm's jobs go on, and their attempts end as `detached`.
    ///
    /// Slurm's programs are ended, whatever they do: what a job's number or end says is found again.
    package func stop() async {
        isStopping = true
        await controller.stop()
        await prober.stop()
    }

    func isCancelled(_ attempt: Attempt) -> Bool { cancelled.contains(attempt.id) }

    /// Waits until it is time to look again.
    func pause(_ duration: Duration) async {
        // A cancelled sleep only makes the next look come sooner.
        try? await timekeeper.sleep(duration)
    }

    func facts(_ attempt: Attempt, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        ["job": "\(attempt.job)", "id": "\(attempt.id)"].merging(more) { $1 }
    }
}
