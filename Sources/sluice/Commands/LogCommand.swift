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
            prints what is said as it is said, through all attempts, until the job has ended; how \
            far it is goes to standard error. On a terminal, control characters are spelled out, \
            as in \\u{1B}; elsewhere every byte is as it was written.
            """)

    @Argument(help: "The job.")
    var job: String

    @OptionGroup var options: JobOptions

    @Flag(name: .shortAndLong, help: "Go on until the job has ended.")
    var follow = false

    func run() throws {
        let registry = try options.registry()
        let entry = try options.entry(job, in: registry)
        var screen = isatty(STDOUT_FILENO) == 1 ? TerminalText() : nil
        defer { write(screen?.rest() ?? []) }
        if follow { return try self.follow(entry, registry, &screen) }
        guard let log = try log(of: entry, registry) else {
            return StandardError.write("\(entry.name): nothing has been said yet")
        }
        write(screen?.shown(log) ?? log)
    }

    private func follow(
        _ first: JobEntry, _ registry: JobRegistry, _ screen: inout TerminalText?
    ) throws {
        var entry = first
        var tail = LogTail()
        var said = ""
        while entry.isActive {
            let line = "\(entry.name) \(entry.state.rawValue) \(JobFacts(entry, registry).line)"
            if line != said { StandardError.write(StatusTable.plain(line)) }
            said = line
            // Where the daemon's folder is closed to this user, the log comes with the result.
            let news = tail.news(in: (try? registry.log(of: entry)) ?? [])
            write(screen?.shown(news) ?? news)
            usleep(300_000)
            entry = try again(entry, registry)
        }
        let news = tail.news(in: try log(of: entry, registry) ?? [])
        write(screen?.shown(news) ?? news)
    }

    /// The job as it is now.
    private func again(_ entry: JobEntry, _ registry: JobRegistry) throws -> JobEntry {
        let now = try options.answered { () throws(DaemonError) in
            try registry.entries().first { $0.id == entry.id }
        }
        // Between two looks of the registry it may have moved from one folder to the other.
        return try now ?? options.entry(entry.id, in: registry)
    }

    private func log(of entry: JobEntry, _ registry: JobRegistry) throws -> [UInt8]? {
        try options.answered { () throws(DaemonError) in try registry.log(of: entry) }
    }

    /// Writes bytes as they are: what is new may end in the middle of a letter.
    private func write(_ text: [UInt8]) {
        var rest = text[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
