import ArgumentParser

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a model as a recipe says; the worker does it.")

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("What sluice-worker train takes.", valueName: "recipe and options"))
    var arguments: [String] = []

    func run() throws { try WorkerProgram.handOver("train", arguments) }
}
