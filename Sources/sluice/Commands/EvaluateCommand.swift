import ArgumentParser

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Compare methods as an experiment says; the worker does it.")

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp(
            "What sluice-worker evaluate takes.", valueName: "experiment and options"))
    var arguments: [String] = []

    func run() throws { try WorkerProgram.handOver("evaluate", arguments) }
}
