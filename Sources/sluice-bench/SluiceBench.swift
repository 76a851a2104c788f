import ArgumentParser

@main
struct SluiceBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice-bench",
        abstract: "Measures how fast models and data sets are made, opened and used.",
        discussion: """
            One run measures one thing. Scripts/bench runs it in turn with the same thing in \
            PyTorch, which is what makes a number.
            """,
        subcommands: [
            MapCommand.self, TrainStepCommand.self, UnfoldCommand.self, LoadCommand.self,
            PrepareCommand.self, OpenCommand.self, OperatorsCommand.self, PassesCommand.self,
        ])
}
