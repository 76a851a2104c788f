package import Daemon
import FlyingFox
import FlyingSocks
import Glibc

/// Serves the status page of a root until it is cancelled.
package struct StatusServer: Sendable {
    private let server: HTTPServer
    private let address: PageAddress

    /// - Throws: when the address is none.
    package init(_ files: LinuxFileSystem, root: String, at address: PageAddress) throws {
        self.address = address
        server = try address.server(
            PageHandler(files: files, root: root, address: address, listeners: ListenerCount()))
    }

    /// Listens; `ready` is called with the address for people as soon as somebody can connect.
    ///
    /// - Throws: when the address is taken or may not be used.
    package func run(ready: @escaping @Sendable (String) -> Void) async throws {
        // A socket that a server left behind is in the way; one that is in use is left alone.
        if case .socket(let path) = address, await !isAnswered(path) { unlink(path) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                try await server.waitUntilListening()
                ready(await place)
            }
            try await group.next()
            try await group.next()
        }
    }

    private var place: String {
        get async {
            switch (address, await server.listeningAddress) {
            case (.port, .ip4(_, let port)): "http://localhost:\(port)/"
            case (.port(let port), _): "http://localhost:\(port)/"
            case (.socket(let path), _): path
            }
        }
    }

    private func isAnswered(_ path: String) async -> Bool {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { return false }
        defer { close(number) }
        var place = sockaddr_un.unix(path: path)
        return withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
