import ArgumentParser

/// The commands that users know as those of `sluice`, so that is what their usage lines say.
struct SluiceCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        subcommands: [
            RunCommand.self, CompareCommand.self, TrainCommand.self, EvaluateCommand.self,
            ModelCommand.self,
        ])

    static let names = configuration.subcommands.compactMap { $0.configuration.commandName }
}
