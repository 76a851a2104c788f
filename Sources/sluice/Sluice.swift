import ArgumentParser

@main
struct Sluice: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: "Restore damaged pictures with normalizing flows.",
        subcommands: [
            ValidateCommand.self, SchemaCommand.self, SubmitCommand.self, StatusCommand.self,
        ])
}
