import Foundation
import TestSupport
import Testing

/// What connections may do to the real program.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ConnectionTests {
    /// Looks until `condition` holds, for twenty seconds at most.
    private func waits(for condition: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if condition() { return true }
            usleep(100_000)
        }
        return false
    }

    @Test func `the page goes on, on the same port, when its descriptors have run out`() throws {
        try withTemporaryDirectory { root in
            let page = try ServedRoot(root, descriptors: 64)
            var idle = (0..<100).map { _ in RawConnection(to: page.port) }
            // There was no room for all of them, so all of them are ended.
            #expect(waits { idle.first.flatMap { $0 }?.hasEnded == true })
            idle = []
            #expect(waits { page.get("/").hasPrefix("HTTP/1.1 200") })
        }
    }

    @Test func `a line without end is cut off`() throws {
        try withTemporaryDirectory { root in
            let page = try ServedRoot(root)
            let connection = try #require(RawConnection(to: page.port))
            #expect(connection.send(Array("GET / HTTP/1.1\r\nX: ".utf8)))
            let piece = [UInt8](repeating: 0x61, count: 1 << 16)
            #expect(waits { !connection.send(piece) && connection.hasEnded })
            #expect(page.get("/").hasPrefix("HTTP/1.1 200"))
        }
    }
}
