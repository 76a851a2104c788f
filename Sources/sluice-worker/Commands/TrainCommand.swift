import ArgumentParser
import Foundation
import Models
import Programs
import Training
import Worker

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a model as a recipe says.",
        discussion: """
            The checkpoint and the log are kept in a folder NAME.training beside the model, which \
            is written when the last step is done. An interrupt saves a checkpoint; --resume goes \
            on with it, bit for bit on a CPU, and --export makes a model of it as it is.
            """)

    @Argument(help: "The recipe, such as etc/recipes/mnist-compact.yaml.") var recipe: String

    @Flag(help: "Go on with the checkpoint of this training.") var resume = false

    @Flag(help: "Write the model as it is in the checkpoint, and train no further.")
    var export = false

    @Option(
        help: "Stop after so many minutes, with a checkpoint; no model is written before the end.")
    var minutes: Double?

    @Option(
        help: """
            The folder of the model, by default Models/NAME. It is new or empty, or holds an older \
            model and nothing else; the older model is replaced.
            """)
    var output: String?

    @Option(
        help: """
            How many processes on this machine share every batch; srun starts them by itself.
            """)
    var processes = 1

    @OptionGroup var computing: ComputingOptions

    /// What to do after a training that has not come to its end.
    private static let waysOn =
        "go on with --resume, or make a model of it as it is with --export"

    func validate() throws {
        if let minutes, !(0...1e6).contains(minutes) {
            throw ValidationError("--minutes is 0 to 1000000, not \(minutes)")
        }
        guard (1...256).contains(processes) else {
            throw ValidationError("--processes is 1 to 256, not \(processes)")
        }
        guard processes == 1 || !export else {
            throw ValidationError("--export trains nothing that --processes could share")
        }
    }

    func run() throws {
        try reportingErrors(interrupted: { "interrupted; \(Self.waysOn)" }) {
            Interruption.note()
            _ = try computing.prepare(sharedBy: processes)
            let session = try TrainingSession(
                recipe: recipe, output: output, device: computing.device.device(),
                beginning: export || resume ? .atCheckpoint(isRequired: export) : .fresh,
                with: Companions(count: processes, environment: ProcessEnvironment.value))
            if session.isLeading, session.lacksCheckpoint {
                StandardError.write(
                    "there is no checkpoint in \(session.folder.path); the training begins anew")
            }
            let isFinished = try export || session.train(minutes: minutes)
            guard session.isLeading else { return }
            guard isFinished else {
                return StandardError.write("time is over; \(Self.waysOn)")
            }
            let worth = try session.export()
            print(session.model)
            print("\(worth) on validation pictures")
        }
    }
}
