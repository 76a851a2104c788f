import ArgumentParser
import Programs

@main
struct Sluice: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: "Restore damaged pictures with normalizing flows.",
        version: Software.name,
        subcommands: [
            RunCommand.self, CompareCommand.self, SubmitCommand.self, StatusCommand.self,
            ListCommand.self,
            ShowCommand.self, LogCommand.self, CancelCommand.self, RetryCommand.self,
            PageCommand.self, ValidateCommand.self, SchemaCommand.self, DatasetCommand.self,
            TrainCommand.self, EvaluateCommand.self, ModelCommand.self, DoctorCommand.self,
        ])
}
