package import Daemon
import Dispatch
import FlyingFox
import FlyingSocks
import Glibc

/// Serves the status page of a root until it is cancelled.
package struct StatusServer: Sendable {
    private let handler: PageHandler
    private let address: PageAddress

    package init(_ files: LinuxFileSystem, root: String, at address: PageAddress) {
        self.address = address
        handler = PageHandler(files: files, root: root, address: address)
    }

    /// Listens; `ready` is called with the address for people as soon as somebody can connect.
    ///
    /// - Throws: when the address is taken or may not be used, such as ``OccupiedPath``.
    package func run(ready: (String) -> Void) async throws {
        var address = address
        var isReady = false
        while true {
            do {
                try await serve(at: address) { place in
                    // The port that was free is kept.
                    address = place
                    if !isReady { ready("\(place)") }
                    isReady = true
                }
            } catch let error as SocketError where Self.isPassing(error) {
                // The library has ended all connections, so there is room again in a moment.
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    /// Serves until an error ends it.
    private func serve(at address: PageAddress, started: (PageAddress) -> Void) async throws {
        try address.clear()
        let server = try address.server(handler)
        var timer: (any DispatchSourceTimer)?
        defer { timer?.cancel() }
        try await withThrowingTaskGroup(of: PageAddress?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                try await server.waitUntilListening()
                return await server.listeningAddress.flatMap(PageAddress.init) ?? address
            }
            while case .some(let place?) = try await group.next() {
                place.open()
                timer = ConnectionWatch(at: place).start()
                started(place)
            }
        }
    }

    /// Whether an error says only that there was no room, or that somebody left too soon.
    private static func isPassing(_ error: SocketError) -> Bool {
        guard case .failed(let type, let code, _) = error else { return false }
        return type == "Accept" || [EMFILE, ENFILE].contains(code)
    }
}
