import Glibc
import Jobs

/// The end of a Slurm job whose worker has not told how it did.
struct SlurmEnd {
    let id: Int
    /// The state that it ended in; nil when Slurm does not know the job any more.
    let state: SlurmState?
    let reason: String
    let exit: SlurmExit?
    /// Whether its worker ever became ready.
    let hasBegun: Bool
    /// What the worker and Slurm wrote on standard error.
    let log: BoundedLog
    let limit: Duration

    /// What it means for the attempt.
    var outcome: AttemptOutcome {
        switch state {
        case nil, .ended, .requeued, .alive: .killed
        case .timeout: .failed(.slurmTime(limit))
        case .outOfMemory: .failed(.slurmMemory)
        case .completed: .crashed(.unexplained("the worker ended without a result"))
        case .failed: failure
        }
    }

    private var failure: AttemptOutcome {
        if hasRunOutOfMemory { return .failed(.slurmMemory) }
        guard hasBegun else {
            return .failed(
                JobFailure(
                    .environment, "worker.unavailable",
                    "the worker cannot be started by Slurm: \(words)",
                    hint: "see log.txt and Docs/slurm.md"))
        }
        guard let exit else { return .crashed(.unexplained("the worker failed: \(words)")) }
        // The worker found the traces of another one: the job was begun twice.
        if exit.signal == 0, exit.code == EX_TEMPFAIL { return .killed }
        return Conversation.End.died(exitCode: exit.code, signal: exit.signal, nil)
            .attemptOutcome(ranOutOfMemory: false)
    }

    /// Without control groups, Slurm calls a job failed that it has killed for want of memory.
    private var hasRunOutOfMemory: Bool {
        log.text.split(whereSeparator: \.isNewline).suffix(100).contains { line in
            line.hasPrefix("slurmstepd")
                && (line.contains("memory limit") || line.contains("oom"))
        }
    }

    /// The end in words, for people.
    var words: String {
        let end = exit.map { ", exit code \($0.code), signal \($0.signal)" } ?? ""
        guard let state else { return "Slurm does not know job \(id) any more" }
        let why = reason.isEmpty || reason == "None" ? "" : " (\(reason))"
        return "Slurm job \(id) ended as \(state.word)\(why)\(end)"
    }
}

extension JobFailure {
    fileprivate static func slurmTime(_ limit: Duration) -> JobFailure {
        JobFailure(
            .resource, "time", "it took longer than \(limit.formattedSeconds)",
            hint: "take fewer steps or smaller pictures, or raise the time of the executor")
    }

    fileprivate static let slurmMemory = JobFailure(
        .resource, "memory", "Slurm ended the worker for want of memory",
        hint: "use fewer or smaller pictures, or raise the memory of the executor")

    fileprivate static func unexplained(_ what: String) -> JobFailure {
        JobFailure(.resource, "worker.crashed", what)
    }

    /// Slurm does not take the job.
    static func refused(_ why: String) -> JobFailure {
        JobFailure(
            .environment, "slurm.refused", "Slurm refuses the job: \(why)",
            hint: "correct the executor in the configuration; see Docs/slurm.md")
    }
}
