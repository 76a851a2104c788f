import ArgumentParser
import Daemon
import Glibc
import Jobs
import Programs

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the daemon is doing.",
        discussion: """
            The exit code is 69 when no daemon works on the root, and 77 when you may not see \
            whether one does.
            """)

    @Option(help: "The folder of Inbox and Outbox.")
    var root = "."

    @Flag(help: "Print the daemon's status as JSON.")
    var json = false

    @Flag(name: .shortAndLong, help: "Show it again and again, until an interrupt.")
    var watch = false

    func validate() throws {
        guard !watch || !json else { throw ValidationError("--watch is for people, --json is not") }
    }

    func run() throws {
        if watch { return try follow() }
        let isRunning = try reported { () throws(DaemonError) in
            let files = try LinuxFileSystem(root: root)
            let isRunning = try self.isRunning(files)
            try show(files, isRunning: isRunning)
            return isRunning
        }
        switch isRunning {
        case true?: break
        case false?: throw ExitCode(EX_UNAVAILABLE)
        case nil: throw ExitCode(EX_NOPERM)
        }
    }

    /// Shows the status whenever it has changed, on a terminal in the place of the one before.
    private func follow() throws {
        var screen = LiveScreen(isTerminal: isatty(STDOUT_FILENO) == 1)
        while true {
            let text = try reported { () throws(DaemonError) in
                let files = try LinuxFileSystem(root: root)
                let isRunning = try self.isRunning(files)
                guard try files.exists(Layout.status) else {
                    return "no daemon has worked on \(root) yet\n"
                }
                let status = try files.document(StatusDocument.self, at: Layout.status)
                return StatusTable(status, isRunning: isRunning).text
            }
            screen.show(text)
            usleep(500_000)
        }
    }

    /// Whether a daemon works on the root; nil when the user may not see that.
    private func isRunning(_ files: LinuxFileSystem) throws(DaemonError) -> Bool? {
        do throws(DaemonError) {
            return try files.isLocked()
        } catch {
            // The daemon's own folder may be closed to users, who have the status.
            guard error.code == EACCES || error.code == EPERM else { throw error }
            return nil
        }
    }

    /// What `body` gives; what it throws becomes a message and an exit code.
    private func reported<Value>(_ body: () throws(DaemonError) -> Value) throws -> Value {
        do throws(DaemonError) {
            return try body()
        } catch {
            StandardError.write("\(error)")
            switch error.code {
            case ENOENT: throw ExitCode(EX_NOINPUT)
            case EACCES, EPERM: throw ExitCode(EX_NOPERM)
            default: throw ExitCode(EX_IOERR)
            }
        }
    }

    private func show(_ files: LinuxFileSystem, isRunning: Bool?) throws(DaemonError) {
        guard try files.exists(Layout.status) else {
            // A program that reads the status gets an object in any case.
            if json { print("{}") }
            return StandardError.write(
                "no daemon has worked on \(root) yet; start one: sluiced --root \(root)")
        }
        if json {
            let content = try files.read(Layout.status, limit: 64 << 20)
            return print(String(decoding: content, as: UTF8.self), terminator: "")
        }
        let status = try files.document(StatusDocument.self, at: Layout.status)
        print(StatusTable(status, isRunning: isRunning).text, terminator: "")
    }
}
