import Dispatch
import Glibc
import Synchronization

/// Ends connections that would keep others from being served.
///
/// The library bounds neither their number nor their time, nor what it reads before a request is
/// complete, and the time that a line takes there grows with the square of its length.
package final class ConnectionWatch: Sendable {
    /// How many descriptors the program may have: those that are looked at.
    package static let descriptors: Int32 = 4096

    private let place: PageAddress
    private let most: Int
    private let longest: Duration
    private let largest: Int
    private let starts = Mutex<[OpenConnection: ContinuousClock.Instant]>([:])

    /// A watch over the connections to `place`.
    ///
    /// - Parameters:
    ///   - place: where a server listens.
    ///   - most: how many connections there may be; the newest stay.
    ///   - longest: how long one may last.
    ///   - largest: how many bytes may have come that nobody has read.
    package init(
        at place: PageAddress, most: Int = 256, longest: Duration = .seconds(300),
        largest: Int = 64 << 10
    ) {
        self.place = place
        self.most = most
        self.longest = longest
        self.largest = largest
    }

    /// Looks at all connections, and ends those that are too old, too many or too large.
    package func look(now: ContinuousClock.Instant = .now) {
        let found = (3..<Self.descriptors).compactMap { OpenConnection($0, to: place) }
        let known = starts.withLock { starts in
            starts = Dictionary(uniqueKeysWithValues: found.map { ($0, starts[$0] ?? now) })
            return starts
        }
        let newestFirst = known.sorted { $0.value > $1.value }
        for (index, (connection, start)) in newestFirst.enumerated()
        where index >= most || now - start > longest || connection.unread > largest {
            connection.end()
        }
    }

    /// Looks every second until the result is cancelled.
    ///
    /// It has a thread of its own: requests without end may hold all that tasks have.
    func start() -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "connections"))
        timer.schedule(deadline: .now() + 1, repeating: 1)
        timer.setEventHandler { self.look() }
        timer.resume()
        return timer
    }
}
