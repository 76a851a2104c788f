import ArgumentParser
import Worker

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Solve one job here and now.",
        discussion: """
            The result is the same folder that the daemon would put into its Outbox; it appears \
            when it is complete. Its path and the mean numbers go to standard output.
            """)

    @OptionGroup var options: RunOptions

    func run() throws {
        try reportingErrors {
            let outcome = try options.solve(options.foreground())
            options.report(outcome, numbers: MeanNumbers(outcome.report).text)
        }
    }
}
