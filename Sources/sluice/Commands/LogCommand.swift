import ArgumentParser
import Daemon
import Glibc
import Jobs
import Programs

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Print what the workers said about a job.",
        discussion: """
            JOB is an identifier, the beginning or end of one, or the name of a job. With --follow, \
            tells how far the job is until it ends, and then prints the log.
            """)

    @Argument(help: "The job.")
    var job: String

    @OptionGroup var options: JobOptions

    @Flag(name: .shortAndLong, help: "Wait until the job has ended.")
    var follow = false

    func run() throws {
        let registry = try options.registry()
        var entry = try options.entry(job, in: registry)
        var said = ""
        while follow, entry.isActive {
            let line = "\(entry.name) \(entry.state.rawValue) \(JobFacts(entry, registry).line)"
            if line != said { StandardError.write(StatusTable.plain(line)) }
            said = line
            usleep(300_000)
            entry = try options.entry(entry.id, in: registry)
        }
        try show(entry, registry)
    }

    private func show(_ entry: JobEntry, _ registry: JobRegistry) throws {
        let path =
            entry.result.map { Layout.outbox / $0 / "log.txt" } ?? Layout.log(entry.id)
        let isThere = try options.answered { () throws(DaemonError) in
            try registry.files.exists(path)
        }
        guard isThere else {
            return StandardError.write("\(entry.name): no attempt has ended yet")
        }
        let log = try options.answered { () throws(DaemonError) in
            try registry.files.read(path, limit: 64 << 20)
        }
        print(String(decoding: log, as: UTF8.self), terminator: "")
    }
}
