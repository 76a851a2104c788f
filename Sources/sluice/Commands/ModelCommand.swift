import ArgumentParser

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Look at models, check them, and use them on pictures; the worker does it.")

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("What sluice-worker model takes.", valueName: "command and options"))
    var arguments: [String] = []

    func run() throws { try WorkerProgram.handOver("model", arguments) }
}
