/// Where Slurm says that a job is in its life; the words are Slurm's.
enum SlurmState: Equatable, Sendable {
    /// It waits, runs, or does something that this version has not heard of.
    case alive(String)
    /// Slurm wants to run it a second time.
    case requeued
    case completed
    case failed
    /// It has used up its time.
    case timeout
    case outOfMemory
    /// Ended by no fault of its own: the node was lost, somebody cancelled it, others came first.
    case ended(String)

    init(_ word: some StringProtocol) {
        // sacct writes `CANCELLED by 1000`.
        let first = String(word.prefix { $0 != " " })
        self =
            switch first {
            case "COMPLETED": .completed
            case "FAILED": .failed
            case "TIMEOUT", "DEADLINE": .timeout
            case "OUT_OF_MEMORY": .outOfMemory
            case "NODE_FAIL", "BOOT_FAIL", "PREEMPTED", "CANCELLED", "REVOKED": .ended(first)
            case "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT": .requeued
            default: .alive(first)
            }
    }

    /// Whether `text` has the form of a state, which may be one that this version has not heard of.
    static func isWord(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { "A"..."Z" ~= $0 || $0 == "_" }
    }

    /// Whether nothing of the job runs any more.
    var isFinal: Bool {
        switch self {
        case .alive, .requeued: false
        case .completed, .failed, .timeout, .outOfMemory, .ended: true
        }
    }

    /// Slurm's word, as far as it is known.
    var word: String {
        switch self {
        case .alive(let word), .ended(let word): word
        case .requeued: "REQUEUED"
        case .completed: "COMPLETED"
        case .failed: "FAILED"
        case .timeout: "TIMEOUT"
        case .outOfMemory: "OUT_OF_MEMORY"
        }
    }
}
