/// One line of squeue.
struct SlurmJob: Equatable, Sendable {
    let id: Int
    var state: SlurmState
    /// Why it waits, or why it ended, in Slurm's words.
    var reason: String
    /// Carries the job and the attempt that it is for.
    let name: String

    /// What squeue is asked to print of a job.
    static let format = "%i|%T|%r|%j"

    /// Nil for a line in another form, such as one about an array of jobs, which is not ours.
    init?(_ line: String) {
        let parts = line.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let id = Int(parts[0]) else { return nil }
        self.init(
            id: id, state: SlurmState(parts[1]), reason: String(parts[2]), name: String(parts[3]))
    }

    init(id: Int, state: SlurmState, reason: String, name: String) {
        self.id = id
        self.state = state
        self.reason = reason
        self.name = name
    }

    /// Why Slurm will never run the job as it was submitted; nil when it may.
    var hopelessReason: String? {
        let never = [
            "AccountNotAllowed", "BadConstraints", "InvalidAccount", "InvalidQOS",
            "PartitionNodeLimit", "PartitionTimeLimit", "QOSNotAllowed",
        ]
        guard case .alive("PENDING") = state, never.contains(reason) else { return nil }
        return reason
    }

    /// Whether Slurm has it in its queue once more, as it does when a node could not begin it.
    var isSecondTry: Bool {
        state == .requeued || reason.contains("requeued")
    }
}

/// What squeue said about all jobs of this user.
struct SlurmListing: Sendable {
    /// When squeue was started: jobs that were submitted later may be missing.
    let asked: Duration
    let jobs: [SlurmJob]
}
