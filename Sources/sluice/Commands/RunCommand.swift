import ArgumentParser

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Solve one job here and now; the worker does it.")

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("What sluice-worker run takes.", valueName: "job and options"))
    var arguments: [String] = []

    func run() throws { try WorkerProgram.handOver("run", arguments) }
}
