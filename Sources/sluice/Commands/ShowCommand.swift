import ArgumentParser
import Daemon
import Jobs
import Programs

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what is known of one job.",
        discussion: "JOB is an identifier, the beginning or end of one, or the name of a job.")

    @Argument(help: "The job.")
    var job: String

    @OptionGroup var options: JobOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let registry = try options.registry()
        let entry = try options.entry(job, in: registry)
        let facts = JobFacts(entry, registry)
        if json { return try print(JSONText(JobDocument(facts)).text) }
        for line in facts.lines(root: options.root) { print(line) }
    }
}

/// A job for programs.
private struct JobDocument: Encodable {
    let job: JobEntry
    let summary: ResultSummary?
    let failure: JobFailure?

    init(_ facts: JobFacts) {
        job = facts.entry
        summary = facts.summary
        failure = facts.failure
    }
}
