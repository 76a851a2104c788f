import ArgumentParser

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract:
            "Restore the pictures of one job with several methods, side by side; the worker does it."
    )

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("What sluice-worker compare takes.", valueName: "job and options"))
    var arguments: [String] = []

    func run() throws { try WorkerProgram.handOver("compare", arguments) }
}
