import ArgumentParser
import Daemon
import Jobs
import Programs

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List jobs that are under way or have ended, the newest last.",
        discussion: "Jobs that wait in the Inbox are in sluice status.")

    @OptionGroup var options: JobOptions

    @Option(help: "How many of the newest jobs are listed.")
    var limit = 20

    @Flag(help: "List all jobs.")
    var all = false

    @Flag(help: "List jobs that have failed only.")
    var failed = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit is a number from 1") }
    }

    func run() throws {
        let registry = try options.registry()
        let found = try options.answered { () throws(DaemonError) in try registry.entries() }
            .filter { !failed || $0.state == .failed }
        let entries = all ? found : Array(found.suffix(limit))
        if json { return try print(JSONText(entries).text) }
        let hidden = found.count - entries.count
        if hidden > 0 { StandardError.write("\(hidden) older jobs; --all lists them") }
        guard !entries.isEmpty else { return StandardError.write("no jobs") }
        print(JobTable(entries, registry).text, terminator: "")
    }
}
