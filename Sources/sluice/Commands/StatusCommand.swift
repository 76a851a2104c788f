import ArgumentParser
import Daemon
import Glibc
import Jobs
import Programs

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the daemon is doing.",
        discussion: "The exit code is 69 when no daemon works on the root.")

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
        let isRunning: Bool
        do throws(DaemonError) {
            let files = try LinuxFileSystem(root: root)
            isRunning = try files.isLocked()
            try show(files, isRunning: isRunning)
        } catch {
            StandardError.write("\(error)")
            throw error.code == ENOENT ? ExitCode(EX_NOINPUT) : ExitCode(EX_IOERR)
        }
        if !isRunning { throw ExitCode(EX_UNAVAILABLE) }
    }

    /// Shows the status whenever it has changed, on a terminal in the place of the one before.
    private func follow() throws {
        var screen = LiveScreen(isTerminal: isatty(STDOUT_FILENO) == 1)
        while true {
            do throws(DaemonError) {
                let files = try LinuxFileSystem(root: root)
                let isRunning = try files.isLocked()
                let status =
                    try files.exists(Layout.status)
                    ? try files.document(StatusDocument.self, at: Layout.status) : nil
                screen.show(
                    status.map { StatusTable($0, isRunning: isRunning).text }
                        ?? "no daemon has worked on \(root) yet\n")
            } catch {
                StandardError.write("\(error)")
                throw error.code == ENOENT ? ExitCode(EX_NOINPUT) : ExitCode(EX_IOERR)
            }
            usleep(500_000)
        }
    }

    private func show(_ files: LinuxFileSystem, isRunning: Bool) throws(DaemonError) {
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
