import ArgumentParser
import Foundation
import Jobs
import Pipeline
import Programs
import Reports
import Worker

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Compare methods as an experiment says: tables and a page with plots.",
        discussion: """
            Every result is kept in the output folder as soon as it is there. After an interrupt, \
            the same command goes on with what is missing; a longer run uses what a limited one has \
            found. The path of the page and the mean numbers go to standard output.
            """)

    @Argument(help: "The experiment, such as etc/experiments/whang-sine-denoise.yaml.")
    var experiment: String

    @Option(
        help: ArgumentHelp("Take the first so many pictures of every set.", valueName: "pictures"))
    var limit: Int?

    @Option(help: ArgumentHelp("Carry out this method only; may be repeated.", valueName: "method"))
    var only: [String] = []

    @Option(help: "The folder of the results, by default Evaluations/NAME.") var output: String?

    @Flag(help: "Compute what is there already once more.") var fresh = false

    @OptionGroup var computing: ComputingOptions

    @OptionGroup var library: LibraryOptions

    @Option(
        help: ArgumentHelp(
            "A folder of data sets, searched before Data/, the installed ones and $SLUICE_DATA.",
            valueName: "folder"))
    var data: [String] = []

    @Flag(help: "Print summary.json.") var json = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is at least 1, not \(limit)") }
    }

    func run() throws {
        let place = ExperimentPlace(experiment, output: output)
        let kept =
            "interrupted; what was found is kept in \(place.output), and the same command goes on"
        try reportingErrors(interrupted: { kept }) {
            // What is found is kept as it comes.
            Interruption.note(patience: .seconds(10))
            let threads = try computing.prepare()
            let spec = try ExperimentSpec.read(path: experiment)
            try check(spec)
            let order = ExperimentOrder(
                name: place.name, spec: spec, folder: place.folder, policy: policy,
                output: place.output, device: try computing.device.device(), threads: threads,
                limit: limit, methods: only, isFresh: fresh, software: Software.name)
            guard let lock = try FolderLock(place.output) else {
                StandardError.write("error: another process writes to \(place.output); wait for it")
                throw ExitCode(SystemExit.temporaryFailure.rawValue)
            }
            let outcome = try withExtendedLifetime(lock) { try carryOut(order) }
            try report(outcome, place)
        }
    }

    private func check(_ spec: ExperimentSpec) throws {
        let names = spec.methods.map(\.name)
        guard let unknown = only.first(where: { !names.contains($0) }) else { return }
        let hint = Suggestion.nearest(to: unknown, among: names).map { "; did you mean \($0)?" }
        StandardError.write(
            "error: there is no method \(unknown) in \(experiment)"
                + (hint ?? "; it has \(names.joined(separator: ", "))"))
        throw ExitCode(SystemExit.usage.rawValue)
    }

    private var policy: PathPolicy {
        let shared = ProcessEnvironment.value("SLUICE_DATA").map { [$0] } ?? []
        return .user(
            datasets: data + ["Data"] + Installation.folders(named: "Data") + shared,
            models: library.folders)
    }

    private func carryOut(_ order: ExperimentOrder) throws -> ExperimentRunner.Outcome {
        var runner = try ExperimentRunner(order)
        var line = ProgressLine(order.name)
        defer { line.clear() }
        return try runner.run { progress in
            try Interruption.check()
            line.show(
                progress.fraction,
                summary: "\(progress.done) of \(progress.count) results, \(progress.subject)",
                secondsLeft: progress.secondsLeft)
        }
    }

    private func report(_ outcome: ExperimentRunner.Outcome, _ place: ExperimentPlace) throws {
        if json {
            print(outcome.report.summaryJSON(), terminator: "")
        } else {
            print("\(place.output)/report.html")
            for line in outcome.report.lines { print(line) }
        }
        guard let failure = outcome.failure else { return }
        for line in outcome.report.failureLines { StandardError.write("failed: \(line)") }
        throw ExitCode(SystemExit(explaining: failure).rawValue)
    }
}
