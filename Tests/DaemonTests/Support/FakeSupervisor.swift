import Glibc

/// A socket that hears what a service tells its service manager.
final class FakeSupervisor: Sendable {
    private let socket: Int32

    /// Listens at a path, or at the abstract name that follows an `@`.
    init(at address: String) throws {
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | O_NONBLOCK, 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(address.utf8)
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
        let size = MemoryLayout<sa_family_t>.size + bytes.count
        let isBound = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(size)) == 0
            }
        }
        guard isBound else { throw Unbound(code: errno) }
    }

    deinit {
        close(socket)
    }

    struct Unbound: Error {
        let code: Int32
    }

    /// What has been told since the last call, one assignment each, cut where systemd does.
    func assignments() -> [String] {
        var found: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return found }
            found += buffer[..<count].split { $0 == 10 || $0 == 13 }
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
