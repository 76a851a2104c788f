/// Where an accepted job is in its life.
///
///     accepted ──▶ ready ──▶ running ──▶ sealing ──▶ sealed ──▶ done
///         │         │ ▲         │           │          ▲
///         │         │ └─────────┼───────────┘          │
///         └─────────┴───────────┴──▶ failing ──────────┘
///
/// The state is written beside the job before the step that it announces begins, so after a crash
/// it says what may have happened; every step can be done again.
package enum JobState: Equatable, Sendable {
    /// The job file is the daemon's; its pictures are still to be copied.
    case accepted
    /// The pictures are copied: nothing that the submitter does changes the job any more.
    case ready
    /// A worker may be writing into `run.N`.
    case running(attempt: Int)
    /// The worker's results in `run.N` are complete and durable; the daemon adds its files.
    case sealing(attempt: Int)
    /// The job has failed; the folder that says so is being made.
    case failing(JobFailure)
    /// `folder` is complete and durable and becomes `result` in the Outbox by one rename.
    case sealed(folder: String, result: String)
    /// `result` is in the Outbox; what is left of the job is being cleared away.
    case done(result: String)

    package enum Kind: String, Codable, CaseIterable, Sendable {
        case accepted, ready, running, sealing, failing, sealed, done

        /// The states that may follow.
        package var successors: Set<Kind> {
            switch self {
            case .accepted: [.ready, .failing]
            case .ready: [.running, .failing]
            case .running: [.sealing, .ready, .failing]
            case .sealing: [.sealed, .ready]
            case .failing: [.sealed]
            case .sealed: [.done]
            case .done: []
            }
        }
    }

    package var kind: Kind {
        switch self {
        case .accepted: .accepted
        case .ready: .ready
        case .running: .running
        case .sealing: .sealing
        case .failing: .failing
        case .sealed: .sealed
        case .done: .done
        }
    }
}

extension JobState: Codable {
    private enum Key: CodingKey {
        case name, attempt, failure, folder, result
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        switch try container.decode(Kind.self, forKey: .name) {
        case .accepted: self = .accepted
        case .ready: self = .ready
        case .running: self = .running(attempt: try container.decode(Int.self, forKey: .attempt))
        case .sealing: self = .sealing(attempt: try container.decode(Int.self, forKey: .attempt))
        case .failing:
            self = .failing(try container.decode(JobFailure.self, forKey: .failure))
        case .sealed:
            self = .sealed(
                folder: try container.decode(String.self, forKey: .folder),
                result: try container.decode(String.self, forKey: .result))
        case .done: self = .done(result: try container.decode(String.self, forKey: .result))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .name)
        switch self {
        case .accepted, .ready: break
        case .running(let attempt), .sealing(let attempt):
            try container.encode(attempt, forKey: .attempt)
        case .failing(let failure): try container.encode(failure, forKey: .failure)
        case .sealed(let folder, let result):
            try container.encode(folder, forKey: .folder)
            try container.encode(result, forKey: .result)
        case .done(let result): try container.encode(result, forKey: .result)
        }
    }
}
