import ArgumentParser

struct DatasetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Make and look at data sets: IDX files with a manifest.",
        subcommands: [
            DatasetPrepareCommand.self, DatasetInfoCommand.self, DatasetPreviewCommand.self,
            DatasetVerifyCommand.self,
        ])
}
