extension JobRecord {
    /// The record before the next attempt begins.
    package func starting() -> JobRecord {
        var next = self
        next.attempts += 1
        next.state = .running(attempt: next.attempts)
        return next
    }

    /// The record after the running attempt has ended.
    package func ending(_ outcome: AttemptOutcome, policy: RetryPolicy) -> JobRecord {
        var next = self
        next.lastFailure = outcome.failure
        switch outcome {
        case .finished:
            next.state = .sealing(attempt: attempts)
        case .failed(let failure) where failure.kind == .job:
            next.state = .failing(failure)
        case .failed(let failure) where failure.kind == .environment:
            next.postponements += 1
            next.state = .ready
        case .failed(let failure), .crashed(let failure):
            next.faults += 1
            next.state = next.faults < policy.faults ? .ready : .failing(failure.final)
        case .disturbed:
            // The next attempt is the job's alone, and counts.
            next.state = .ready
        case .killed:
            next.kills += 1
            next.state = next.kills < policy.kills ? .ready : .failing(.killedTooOften(next.kills))
        case .interrupted:
            next.interruptions += 1
            next.state =
                next.interruptions < policy.interruptions
                ? .ready : .failing(.interruptedTooOften(next.interruptions))
        case .stopped:
            next.state = .ready
        case .detached:
            return self
        }
        if !outcome.isOfEnvironment { next.postponements = 0 }
        return next
    }
}

extension AttemptOutcome {
    /// What to tell about an attempt that did not succeed.
    package var failure: JobFailure? {
        switch self {
        case .finished, .stopped, .detached: nil
        case .failed(let failure), .crashed(let failure), .disturbed(let failure): failure
        case .killed: JobFailure(.resource, "worker.killed", "the worker was killed from outside")
        case .interrupted:
            JobFailure(.resource, "daemon.interrupted", "the daemon ended during the attempt")
        }
    }

    fileprivate var isOfEnvironment: Bool {
        if case .failed(let failure) = self { failure.kind == .environment } else { false }
    }
}

extension JobFailure {
    /// The failure as it stands in `error.json`, where nothing is tried again.
    fileprivate var final: JobFailure {
        var failure = self
        failure.kind = .job
        return failure
    }

    fileprivate static func killedTooOften(_ count: Int) -> JobFailure {
        JobFailure(
            .job, "worker.killed", "the worker was killed from outside in \(count) attempts",
            hint: "find out who kills it (the kernel log, a supervisor), then submit again")
    }

    fileprivate static func interruptedTooOften(_ count: Int) -> JobFailure {
        JobFailure(
            .job, "daemon.interrupted", "the daemon ended during \(count) attempts at this job",
            hint: "see the daemon's log for what ends it, then submit again")
    }
}
