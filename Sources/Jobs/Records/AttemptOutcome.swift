/// How an attempt at a job ended, as far as the daemon can tell.
package enum AttemptOutcome: Equatable, Sendable {
    /// The worker says that its results are complete.
    case finished([WorkerEvent.Finished.File])
    /// The worker gave up and said why.
    case failed(JobFailure)
    /// The worker ended by its own fault, or broke the protocol; `failure` says how.
    case crashed(JobFailure)
    /// The worker ended while it had several jobs in hand, and nobody knows by whose fault.
    case disturbed(JobFailure)
    /// Somebody else ended the worker: it got a signal that neither it nor the daemon sent, and no
    /// process of the machine ran out of memory meanwhile.
    case killed
    /// The daemon ended the worker because it is stopping.
    case stopped
    /// The daemon is stopping, and the attempt goes on without it.
    case detached
    /// The daemon itself was gone while the worker ran.
    case interrupted
}
