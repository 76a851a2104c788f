import Glibc
import StatusPage
import Testing

/// A server that takes connections and does nothing with them.
private final class SilentServer {
    let port: UInt16
    private let number: Int32
    private var accepted: [Int32] = []

    init() throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &place) { [number] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) | listen(number, 16) | getsockname(number, $0, &length)
            }
        }
        try #require(code == 0)
        port = UInt16(bigEndian: place.sin_port)
    }

    deinit {
        for number in accepted + [number] { close(number) }
    }

    func connect() throws -> RawConnection {
        let connection = try #require(RawConnection(to: port))
        accepted.append(accept(number, nil, nil))
        return connection
    }
}

@Suite(.serialized, .timeLimit(.minutes(1))) struct ConnectionWatchTests {
    private let start = ContinuousClock.now

    @Test func `a connection ends when its time is over`() throws {
        let server = try SilentServer()
        let other = try SilentServer()
        let watch = ConnectionWatch(at: .port(server.port), longest: .seconds(60))
        let (old, elsewhere) = (try server.connect(), try other.connect())
        watch.look(now: start)
        let young = try server.connect()
        watch.look(now: start + .seconds(40))
        #expect(!old.hasEnded && !young.hasEnded)
        watch.look(now: start + .seconds(70))
        #expect(old.hasEnded && !young.hasEnded && !elsewhere.hasEnded)
        // Nobody has closed the listening socket.
        _ = try server.connect()
    }

    @Test func `a connection ends when more has come than anybody reads`() throws {
        let server = try SilentServer()
        let watch = ConnectionWatch(at: .port(server.port), largest: 1000)
        let (talker, other) = (try server.connect(), try server.connect())
        #expect(talker.send(Array(repeating: 0x61, count: 1000)))
        watch.look(now: start)
        #expect(!talker.hasEnded)
        #expect(talker.send([0x61]))
        watch.look(now: start)
        #expect(talker.hasEnded && !other.hasEnded)
    }

    @Test func `the oldest connections make room for new ones`() throws {
        let server = try SilentServer()
        let watch = ConnectionWatch(at: .port(server.port), most: 2)
        let connections = try (0..<4).map { number in
            let connection = try server.connect()
            watch.look(now: start + .seconds(number))
            return connection
        }
        #expect(connections.map(\.hasEnded) == [true, true, false, false])
    }
}
