import Synchronization

/// Counts what happens where nobody else looks: in the executor, the alarm and the hooks.
package final class Tally: Sendable {
    package enum Event: Hashable, CaseIterable, Sendable {
        case startedWorker
        /// A worker that crashed, failed at its job or could not be started.
        case failedWorker
        /// A worker that had done as many jobs as it may.
        case recycledWorker
        /// The kernel dropped reports of changes.
        case overflow
        case hook
        case failedHook
    }

    private let counts = Mutex<[Event: Int]>([:])

    package init() {}

    package func add(_ event: Event) {
        counts.withLock { $0[event, default: 0] += 1 }
    }

    package func count(of event: Event) -> Int {
        counts.withLock { $0[event, default: 0] }
    }
}
