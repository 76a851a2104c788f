import Glibc
import Jobs

/// What the end of a conversation means for the job that it was about.
extension Conversation.End {
    /// Whether the worker can be asked something else.
    var leavesWorkerFit: Bool {
        switch self {
        case .said(.finished), .said(.probed): true
        case .said, .died, .notStarted, .unready: false
        }
    }

    /// What it means for an attempt.
    ///
    /// - Parameter ranOutOfMemory: whether the kernel killed some process for memory meanwhile.
    /// - Returns: the outcome, with the failure to report.
    func attemptOutcome(ranOutOfMemory: Bool) -> AttemptOutcome {
        switch self {
        case .said(.finished(let event)): .finished(event.files)
        case .said(.failed(let event)): .failed(event.failure)
        case .said(let event): .crashed(.broken("it answered \(event)"))
        case .unready(let signal): Self.death(0, signal, ranOutOfMemory: ranOutOfMemory)
        case .notStarted(let code): .failed(.notStarted(SystemError.words(code)))
        case .died(let exitCode, let signal, nil):
            Self.death(exitCode, signal, ranOutOfMemory: ranOutOfMemory)
        case .died(_, _, .time(let limit)):
            .failed(
                JobFailure(
                    .resource, "time", "it took longer than \(limit.formattedSeconds)",
                    hint: "take fewer steps or smaller pictures, or raise the time limit"))
        case .died(_, _, .silence(let limit)):
            .crashed(
                JobFailure(
                    .resource, "worker.silent",
                    "the worker said nothing for \(limit.formattedSeconds)"))
        case .died(_, _, .stopping): .stopped
        case .died(_, _, .cancelled): .failed(.cancelled)
        case .died(_, _, .nonsense(let what)): .crashed(.broken("it said \(what)"))
        case .died(_, _, .blocked(let bytes)):
            .crashed(.broken("it did not take a request of \(bytes) bytes"))
        }
    }

    private static func death(
        _ exitCode: Int32, _ signal: Int32, ranOutOfMemory: Bool
    ) -> AttemptOutcome {
        switch signal {
        case 0:
            .crashed(
                JobFailure(.resource, "worker.crashed", "the worker ended with code \(exitCode)"))
        case SIGKILL where ranOutOfMemory:
            .failed(
                JobFailure(
                    .resource, "memory", "the kernel killed the worker for want of memory",
                    hint: "use fewer or smaller pictures, or a machine with more memory"))
        case SIGKILL, SIGTERM, SIGINT, SIGHUP, SIGQUIT:
            .killed
        default:
            .crashed(
                JobFailure(
                    .resource, "worker.crashed", "the worker died of signal \(signal)",
                    hint: "see log.txt; please report it with the job"))
        }
    }

    /// What it means for a probe.
    ///
    /// - Parameter ranOutOfMemory: whether the kernel killed some process for memory meanwhile.
    /// - Returns: the answer, or why there is none.
    func probeAnswer(ranOutOfMemory: Bool) -> ProbeAnswer {
        if case .said(.probed(let event)) = self { return .bad(event.bad) }
        if case .unready = self { return .unavailable("the worker was killed before it was ready") }
        return switch attemptOutcome(ranOutOfMemory: ranOutOfMemory) {
        case .crashed(let failure): .crashed(failure.message)
        case .failed(let failure) where failure.kind == .resource: .crashed(failure.message)
        case .failed(let failure): .unavailable(failure.message)
        case .killed: .killed("the worker was killed from outside")
        case .finished, .disturbed, .stopped, .detached, .interrupted:
            .unavailable("the worker was stopped")
        }
    }

    /// The end of a worker that never became ready: the fault is the machine's, not the job's.
    var atStart: Conversation.End {
        switch self {
        case .died(let exitCode, 0, nil):
            .said(
                .failed(
                    .init(
                        request: 0,
                        failure: .notStarted("it ended at once, with code \(exitCode)"))))
        case .died(_, _, .time), .died(_, _, .silence):
            .said(.failed(.init(request: 0, failure: .notStarted("it did not become ready"))))
        case .died(_, let signal, nil) where ![SIGKILL, SIGTERM, SIGINT].contains(signal):
            .said(.failed(.init(request: 0, failure: .notStarted("it died of signal \(signal)"))))
        case .said(.ready(let ready)):
            .said(
                .failed(
                    .init(
                        request: 0,
                        failure: .notStarted("it speaks version \(ready.protocol) of the protocol"))
                ))
        case .died(_, let signal, nil): .unready(signal: signal)
        case .said, .died, .notStarted, .unready: self
        }
    }
}

extension JobFailure {
    fileprivate static func broken(_ what: String) -> JobFailure {
        JobFailure(.resource, "worker.crashed", "the worker broke the protocol: \(what)")
    }

    fileprivate static func notStarted(_ what: String) -> JobFailure {
        JobFailure(
            .environment, "worker.unavailable", "the worker cannot be started: \(what)",
            hint: "run sluice doctor")
    }
}

extension Duration {
    /// The duration as text, such as `90 s`.
    var formattedSeconds: String { "\(components.seconds) s" }
}
