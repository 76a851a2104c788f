/// One job in what squeue lists.
struct SlurmJob: Equatable, Sendable {
    let id: Int
    var state: SlurmState
    /// Why it waits, or why it ended, in Slurm's words.
    var reason: String
    /// Carries the job and the attempt that it is for.
    let name: String

    /// The number, the state, the reason and the name of a job, as ``SlurmListing/format`` has them.
    ///
    /// - Parameter record: what was printed about one job.
    /// - Returns: nil when that is something else.
    static func fields(of record: String) -> [Substring]? {
        // By scalars: a mark that combines with the separator would hide it.
        let fields = record.unicodeScalars
            .split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
            .map(Substring.init)
        guard fields.count == 4, let first = fields[0].first, "0"..."9" ~= first,
            SlurmState.isWord(fields[1])
        else { return nil }
        return fields
    }

    /// Nil for a part of an array of jobs, such as number `7_1`.
    init?(_ fields: [Substring]) {
        guard let id = Int(fields[0]) else { return nil }
        self.init(
            id: id, state: SlurmState(fields[1]), reason: String(fields[2]),
            name: String(fields[3]))
    }

    init(id: Int, state: SlurmState, reason: String, name: String) {
        self.id = id
        self.state = state
        self.reason = reason
        self.name = name
    }

    /// What keeps it from running, in words for users; nil when nothing does.
    var wait: String? {
        switch state {
        case .alive("PENDING"):
            let isTold = !reason.isEmpty && reason != "None"
            return "Slurm, which keeps job \(id) pending: \(isTold ? reason : "its turn")"
        case .alive("SUSPENDED"): return "Slurm, which has suspended job \(id)"
        case .alive("STOPPED"): return "Slurm, which has stopped job \(id)"
        case .alive("CONFIGURING"): return "Slurm, which makes nodes ready for job \(id)"
        case .alive("RESV_DEL_HOLD"):
            return "Slurm, which holds job \(id), as its reservation is gone"
        case .alive, .requeued, .completed, .failed, .timeout, .outOfMemory, .ended: return nil
        }
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
