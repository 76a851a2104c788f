import ArgumentParser
import Daemon
import Glibc
import Jobs
import Programs

struct CancelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End jobs that the daemon has accepted.",
        discussion: """
            JOB is an identifier, the beginning or end of one, or the name of a job. A cancelled job \
            ends in the Outbox as one that has failed, with everything that was submitted. Of several \
            jobs every one is looked at; the exit code is that of the first that could not be \
            cancelled. One that waits in the Inbox is not the daemon's yet: remove its file there.
            """)

    @Argument(help: ArgumentHelp("The jobs.", valueName: "job"))
    var jobs: [String]

    @OptionGroup var options: JobOptions

    func run() throws {
        let registry = try options.registry()
        var failures: [ExitCode] = []
        for job in jobs {
            // What was said of one keeps no other from being cancelled.
            do {
                try cancel(job, in: registry)
            } catch let code as ExitCode {
                failures.append(code)
            }
        }
        if failures.count < jobs.count { try options.warnWithoutDaemon(registry) }
        if let first = failures.first { throw first }
    }

    private func cancel(_ word: String, in registry: JobRegistry) throws {
        let entry = try options.entry(word, in: registry)
        guard entry.isActive else {
            // An older job of that name is not the one that is meant.
            if let waiting = options.waitingInInbox(word, registry) {
                StandardError.write(waiting)
                throw ExitCode(EX_NOINPUT)
            }
            StandardError.write("\(entry.name) (\(entry.id)) has ended: \(entry.state.rawValue)")
            throw ExitCode(EX_DATAERR)
        }
        try options.answered { () throws(DaemonError) in
            try registry.leave(JobWish(.cancel, entry.id))
        }
        print("\(entry.id)")
    }
}
