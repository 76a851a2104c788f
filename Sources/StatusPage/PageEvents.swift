import FlyingFox
import FlyingSocks

/// Server-sent events: the changing part of the page, whenever it has changed.
struct PageEvents: AsyncBufferedSequence {
    typealias Element = UInt8

    /// The part, which all listeners share.
    let page: LatestPage
    /// Taken as long as anybody listens.
    let seat: ListenerCount.Seat
    let pause: Duration
    /// When they end, and the browser asks for them again: before ``ConnectionWatch`` ends them.
    var longest = Duration.seconds(240)

    func makeAsyncIterator() -> Iterator {
        Iterator(page: page, seat: seat, pause: pause, end: .now + longest)
    }

    struct Iterator: AsyncBufferedIteratorProtocol {
        let page: LatestPage
        let seat: ListenerCount.Seat
        let pause: Duration
        let end: ContinuousClock.Instant
        /// The number of the last edition that was sent.
        private var sent: Int?
        private var quiet = 0

        init(
            page: LatestPage, seat: ListenerCount.Seat, pause: Duration,
            end: ContinuousClock.Instant
        ) {
            self.page = page
            self.seat = seat
            self.pause = pause
            self.end = end
        }

        mutating func next() async throws -> UInt8? {
            // Bytes are asked for in buffers only.
            nil
        }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            while ContinuousClock.now < end {
                // What was made for another listener since the last look is new enough.
                let edition = await page.edition(since: .now - pause)
                if edition.number != sent {
                    // The first says how soon the browser may ask again, in milliseconds.
                    let head = sent == nil ? "retry: 500\n" : ""
                    sent = edition.number
                    quiet = 0
                    return Array(head.utf8) + edition.event
                }
                quiet += 1
                // A comment now and then shows whether anybody is still there.
                if quiet.isMultiple(of: 5) { return Array(":\n\n".utf8) }
                try await Task.sleep(for: pause)
            }
            return nil
        }
    }
}
