import FlyingFox
import FlyingSocks
import Foundation

/// Server-sent events: the changing part of the page, whenever it has changed.
struct PageEvents: AsyncBufferedSequence {
    typealias Element = UInt8

    /// The part as it is now.
    let html: @Sendable () async -> String
    let pause: Duration

    func makeAsyncIterator() -> Iterator { Iterator(html: html, pause: pause) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        let html: @Sendable () async -> String
        let pause: Duration
        private var last: String?
        private var quiet = 0

        init(html: @escaping @Sendable () async -> String, pause: Duration) {
            self.html = html
            self.pause = pause
        }

        mutating func next() async throws -> UInt8? {
            // Bytes are asked for in buffers only.
            nil
        }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            while true {
                let now = await html()
                if now != last {
                    last = now
                    quiet = 0
                    let line = String(decoding: try JSONEncoder().encode(now), as: UTF8.self)
                    return Array("data: \(line)\n\n".utf8)
                }
                quiet += 1
                // A comment now and then shows whether anybody is still there.
                if quiet.isMultiple(of: 15) { return Array(":\n\n".utf8) }
                try await Task.sleep(for: pause)
            }
        }
    }
}
