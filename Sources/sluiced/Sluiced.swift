import ArgumentParser
import Daemon
import Dispatch
import Glibc
import Logging
import Programs

@main
struct Sluiced: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluiced",
        abstract: "Watch an Inbox for jobs and publish their results to an Outbox.",
        discussion: """
            Jobs that are being solved when the daemon is asked to end (SIGTERM) may go on for a \
            while; those that do not finish begin again after the next start. A second signal \
            ends the daemon at once.
            """,
        version: Software.name)

    @Option(help: "The configuration; etc/sluice.yaml of the root where there is one.")
    var config: String?

    @Option(help: "The folder of Inbox and Outbox; by default what the configuration says.")
    var root: String?

    @Flag(help: "Do everything that is in the Inbox, then end: 75 when jobs are left that wait.")
    var once = false

    @Option(help: "The worker program; sluice-worker beside this program where there is none.")
    var worker: String?

    func validate() throws {
        // The runtime reads them from /proc, and goes on without them where it cannot: the daemon
        // would serve the current folder.
        guard CommandLine.arguments.first?.isEmpty == false else {
            Journal.complain("/proc/self/cmdline cannot be read, and so no argument; mount /proc")
            throw ExitCode(EX_OSFILE)
        }
    }

    func run() async throws {
        do {
            let setup = try Setup(config: config, root: root, worker: worker, once: once)
            try await work(setup)
        } catch let error as SetupError {
            Journal.complain(error)
            throw error.exitCode
        } catch let error as DaemonError {
            Journal.complain(error)
            throw error.exitCode
        }
    }

    /// Takes the lock of the root.
    ///
    /// A daemon that was killed while it started a worker leaves the lock, for some milliseconds,
    /// to a child that has not become the worker yet, and who looks whether there is a daemon has it
    /// for a moment; so the lock is asked for more than once.
    private func lock(_ files: LinuxFileSystem) async throws -> RootLock {
        for _ in 0..<40 {
            do throws(DaemonError) {
                return try files.lock()
            } catch {
                guard case .locked = error.reason else { throw error }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try files.lock()
    }

    private func work(_ setup: Setup) async throws {
        let files = try LinuxFileSystem(root: setup.root)
        let lock = try await lock(files)
        let foreman = setup.foreman(files)
        let signals = Signals { foreman.drain() }
        defer { signals.stop() }
        // Somebody may keep the sign for long, such as a command that was stopped while it looked.
        let showing = Task {
            while !lock.showsItself() { try await Task.sleep(for: .seconds(1)) }
        }
        defer { showing.cancel() }
        let end = try await foreman.run()
        withExtendedLifetime(lock) {}
        if case .workLeft(let reasons) = end {
            for reason in reasons { Journal.complain(reason.inOneLine) }
            throw ExitCode(EX_TEMPFAIL)
        }
    }
}
