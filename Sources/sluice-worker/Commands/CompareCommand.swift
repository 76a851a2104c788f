import ArgumentParser
import Glibc
import Programs
import Worker

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Restore the pictures of one job with several methods, side by side.",
        discussion: """
            Every method gets the same measurements. The result is that of the first, and its \
            report.html shows all of them with their numbers and times. A method that fails is \
            told there, and the others go on. A job with a list under solver needs no --solvers, \
            and can be submitted to the daemon as well.
            """)

    @OptionGroup var options: RunOptions

    @Option(
        help: ArgumentHelp(
            "The methods, as under solver in a job: map,asim,bm3d or map,{map: {beta: 1}}.",
            valueName: "list"))
    var solvers: String?

    func run() throws {
        try reportingErrors {
            let run = try options.foreground(solvers: solvers)
            guard run.methods > 1 else {
                StandardError.write(
                    """
                    error: there is nothing to compare; name two methods or more, such as \
                    --solvers map,bm3d, or in a list under solver of the job
                    """)
                throw ExitCode(EX_USAGE)
            }
            let outcome = try options.solve(run)
            options.report(outcome, numbers: MethodTable(outcome.report).text)
        }
    }
}
