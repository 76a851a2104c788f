import FlyingSocks
import Glibc

extension PageAddress {
    /// Removes the socket that a server left behind; one that is in use is left alone.
    ///
    /// - Throws: ``OccupiedPath`` when something else is there.
    func clear() throws {
        guard case .socket(let path) = self else { return }
        var status = stat()
        // What keeps it from being looked at keeps the server from listening, which says so.
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw OccupiedPath(path: path) }
        if try Self.isAbandoned(path) { unlink(path) }
    }

    /// Lets everybody use the socket who may enter its folder, whatever the umask is.
    func open() {
        if case .socket(let path) = self { chmod(path, 0o666) }
    }

    /// Whether nobody listens at a socket: not where others listen to whom nobody may speak.
    private static func isAbandoned(_ path: String) throws -> Bool {
        let number = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { throw SocketError.makeFailed("CreateSocket") }
        defer { close(number) }
        var place = sockaddr_un.unix(path: path)
        let result = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result != 0 && errno == ECONNREFUSED
    }
}
