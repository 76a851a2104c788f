import Synchronization

/// How many pages are open that wait for events: each holds a connection.
final class ListenerCount: Sendable {
    private let count = Mutex(0)
    private let most: Int

    init(most: Int = 32) {
        self.most = most
    }

    /// Whether there was room for one more.
    func enter() -> Bool {
        count.withLock { count in
            guard count < most else { return false }
            count += 1
            return true
        }
    }

    fileprivate func leave() {
        count.withLock { $0 -= 1 }
    }

    /// A place that is free again when nobody holds it any more.
    final class Seat: Sendable {
        private let count: ListenerCount

        init(_ count: ListenerCount) {
            self.count = count
        }

        deinit {
            count.leave()
        }
    }
}
