import ArgumentParser
import Foundation
import Jobs
import Pipeline
import Programs
import Reports
import Worker

/// How one job is solved here and now.
struct RunOptions: ParsableArguments {
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

    /// The job, read and checked, with its own methods or those of the list `solvers`.
    func foreground(solvers: String? = nil) throws -> ForegroundRun {
        // One product with a large matrix takes longer than anybody waits, and nothing is lost.
        Interruption.note(patience: .seconds(10))
        let threads = try computing.prepare()
        var random = SystemRandomNumberGenerator()
        return try ForegroundRun(
            job, device: computing.device.device(), threads: threads, policy: library.policy,
            solvers: solvers, using: &random)
    }

    /// Solves `run` and tells how far it is.
    func solve(_ run: ForegroundRun) throws -> ForegroundRun.Outcome {
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

    /// Prints where the result is, and `numbers`; warnings go to standard error.
    func report(_ outcome: ForegroundRun.Outcome, numbers: String) {
        let warnings =
            outcome.report.warnings
            + outcome.report.images.flatMap { image in
                image.warnings.map { "\(image.name): \($0)" }
            }
            + outcome.report.comparison.dropFirst().flatMap { method in
                method.images.flatMap { image in
                    image.warnings.map { "\(image.name), \(method.title): \($0)" }
                }
            }
        for warning in warnings { StandardError.write("warning: \(warning)") }
        if json {
            print(outcome.report.resultJSON(), terminator: "")
        } else {
            print(outcome.folder)
            print(numbers)
        }
    }
}

extension JobProgress {
    fileprivate var summary: String {
        "\(done) of \(count) pictures, iteration \(iteration) of \(iterations)"
    }
}
