import ArgumentParser
import Daemon
import Glibc
import Programs
import StatusPage

@main
struct SluicePage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice-page",
        abstract: "Show what the daemon does in a browser of this machine.",
        discussion: """
            The page reads the files of the root and changes nothing. It is there on this machine \
            only: on a port of localhost, or on a Unix socket.
            """,
        version: Software.name)

    @Option(help: "The folder of Inbox and Outbox.")
    var root = "."

    @Option(help: "The port on localhost; 0 is any that is free.")
    var port: UInt16 = 8642

    @Option(help: "A Unix socket instead of a port.")
    var socket: String?

    func validate() throws {
        guard let socket else { return }
        guard !socket.isEmpty else { throw ValidationError("--socket is empty; name a path") }
        let bytes = socket.utf8.count
        guard bytes <= PageAddress.longestPath else {
            throw ValidationError(
                """
                the path of --socket has \(bytes) bytes, and a socket's has \
                \(PageAddress.longestPath) at most; choose a shorter one, such as in /run
                """)
        }
    }

    func run() async throws {
        Self.raiseLimit()
        let files: LinuxFileSystem
        do throws(DaemonError) {
            files = try LinuxFileSystem(root: root)
        } catch {
            StandardError.write("sluice-page: \(error)")
            throw ExitCode(EX_NOINPUT)
        }
        let address = socket.map { PageAddress.socket($0) } ?? .port(port)
        do {
            try await StatusServer(files, root: root, at: address).run {
                print($0); fflush(nil)
            }
        } catch let error as OccupiedPath {
            StandardError.write("sluice-page: \(error)")
            throw ExitCode(EX_CANTCREAT)
        } catch {
            StandardError.write(
                "sluice-page: cannot listen on \(socket ?? "port \(port)"): \(error)")
            throw ExitCode(EX_UNAVAILABLE)
        }
    }

    /// Takes as many descriptors as the connections are watched on, or as many as there may be.
    private static func raiseLimit() {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, rlim_t(ConnectionWatch.descriptors))
        // With fewer the page works too.
        setrlimit(kind, &limit)
    }
}
