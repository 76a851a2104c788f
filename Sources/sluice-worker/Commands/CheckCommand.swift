import ArgumentParser
import FoundationEssentials
import Jobs
import Pipeline
import Programs
import Worker

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check jobs with their files; sluice validate asks this program.",
        discussion: "Every job is told in a line of JSON: what is wrong, and what is not there yet."
    )

    @Argument(help: ArgumentHelp("The job files.", valueName: "job"))
    var jobs: [String]

    @OptionGroup var library: LibraryOptions

    func run() throws {
        var check = JobCheck(
            policy: library.policy, restorer: Restorer(software: Software.name))
        for job in jobs {
            let line = try WorkerLine.encode(check.check(job))
            print(String(decoding: line, as: UTF8.self), terminator: "")
        }
    }
}
