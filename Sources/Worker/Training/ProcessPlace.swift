import Programs

/// The place of this process among those that share a training.
package struct ProcessPlace: Equatable, Sendable {
    /// Counted from 0; process 0 writes the files.
    package let rank: Int
    /// The number of processes.
    package let size: Int
    /// The number of this process among those of its machine, which says which GPU is its own.
    package let localRank: Int
    /// Whether all of them are on one machine.
    package let isLocal: Bool
    /// What they call the file in which they meet.
    package let meeting: String

    package init(rank: Int, size: Int, localRank: Int, isLocal: Bool, meeting: String) {
        self.rank = rank
        self.size = size
        self.localRank = localRank
        self.isLocal = isLocal
        self.meeting = meeting
    }

    /// The variable that process 0 sets for those that it starts: rank, size and meeting.
    static let variable = "SLUICE_PROCESS"

    /// What `variable` is for the process `rank` beside this one.
    func assignment(for rank: Int) -> String { "\(rank)/\(size)/\(meeting)" }

    /// The place that the environment gives: ours, or Slurm's when `srun` started several; nil when
    /// this process is alone.
    package init?(environment value: (String) -> String?) {
        if let text = value(Self.variable) {
            let parts = text.split(separator: "/").map(String.init)
            guard parts.count == 3, let rank = Int(parts[0]), let size = Int(parts[1]),
                (0..<size).contains(rank)
            else { return nil }
            self.init(rank: rank, size: size, localRank: rank, isLocal: true, meeting: parts[2])
            return
        }
        guard let step = value("SLURM_STEP_ID"), let job = value("SLURM_JOB_ID"),
            let rank = value("SLURM_PROCID").flatMap({ Int($0) }),
            let size = value("SLURM_STEP_NUM_TASKS").flatMap({ Int($0) }), size > 1,
            (0..<size).contains(rank)
        else { return nil }
        // A job that is queued again has the same numbers.
        let restart = value("SLURM_RESTART_COUNT").map { "-\($0)" } ?? ""
        self.init(
            rank: rank, size: size,
            localRank: value("SLURM_LOCALID").flatMap { Int($0) } ?? rank,
            isLocal: value("SLURM_STEP_NUM_NODES") == "1", meeting: "slurm-\(job)-\(step)\(restart)"
        )
    }
}
