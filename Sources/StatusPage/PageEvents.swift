import FlyingFox
import FlyingSocks
import Foundation

/// Server-sent events: the changing part of the page, whenever it has changed.
struct PageEvents: AsyncBufferedSequence {
    typealias Element = UInt8

    /// The part as it is now.
    let html: @Sendable () async -> String
    let pause: Duration
    /// When they end, and the browser asks for them again: before ``ConnectionWatch`` ends them.
    var longest = Duration.seconds(240)

    func makeAsyncIterator() -> Iterator {
        Iterator(html: html, pause: pause, end: .now + longest)
    }

    struct Iterator: AsyncBufferedIteratorProtocol {
        let html: @Sendable () async -> String
        let pause: Duration
        let end: ContinuousClock.Instant
        private var last: String?
        private var quiet = 0

        init(
            html: @escaping @Sendable () async -> String, pause: Duration,
            end: ContinuousClock.Instant
        ) {
            self.html = html
            self.pause = pause
            self.end = end
        }

        mutating func next() async throws -> UInt8? {
            // Bytes are asked for in buffers only.
            nil
        }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            while ContinuousClock.now < end {
                let now = await html()
                if now != last {
                    // The first says how soon the browser may ask again, in milliseconds.
                    let head = last == nil ? "retry: 500\n" : ""
                    last = now
                    quiet = 0
                    let line = String(decoding: try JSONEncoder().encode(now), as: UTF8.self)
                    return Array("\(head)data: \(line)\n\n".utf8)
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
