import ArgumentParser
import Foundation
import Jobs
import Pipeline
import Programs
import Reports
import Worker

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Solve one job here and now.",
        discussion: """
            The result is the same folder that the daemon would put into its Outbox; it appears \
            when it is complete. Its path and the mean numbers go to standard output.
            """)

    @Argument(help: "The job file, or a folder with job.yaml or job.yml in it.") var job: String

    @Option(
        help: """
            The folder of the result, new or empty; in one that holds something, and without this \
            option in the current one, the result becomes a folder NAME--ID.
            """)
    var output: String?

    @OptionGroup var computing: ComputingOptions

    @OptionGroup var library: LibraryOptions

    @Flag(help: "Print result.json.") var json = false

    func run() throws {
        try reportingErrors {
            Interruption.note()
            let threads = try computing.prepare()
            var random = SystemRandomNumberGenerator()
            let run = try ForegroundRun(
                job, device: computing.device.device(), threads: threads, policy: policy,
                using: &random)
            report(try solve(run))
        }
    }

    private var policy: PathPolicy {
        .user(
            datasets: ["Data"] + Installation.folders(named: "Data"),
            models: library.folders)
    }

    private func solve(_ run: ForegroundRun) throws -> ForegroundRun.Outcome {
        var restorer = Restorer(software: Software.name)
        var line = ProgressLine(run.name)
        defer { line.clear() }
        let current = FileManager.default.currentDirectoryPath
        let destination = run.destination(output: output, current: current)
        return try run.run(&restorer, destination: destination) { progress in
            try Interruption.check()
            line.show(
                progress.fraction, summary: progress.summary, secondsLeft: progress.secondsLeft)
        }
    }

    private func report(_ outcome: ForegroundRun.Outcome) {
        let warnings =
            outcome.report.warnings
            + outcome.report.images.flatMap { image in
                image.warnings.map { "\(image.name): \($0)" }
            }
        for warning in warnings { StandardError.write("warning: \(warning)") }
        if json {
            print(outcome.report.resultJSON(), terminator: "")
        } else {
            print(outcome.folder)
            print(MeanNumbers(outcome.report).text)
        }
    }
}

extension JobProgress {
    fileprivate var summary: String {
        "\(done) of \(count) pictures, iteration \(iteration) of \(iterations)"
    }
}
