import ArgumentParser

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Look at models, check them, and use them on pictures.",
        discussion: """
            NAME is a folder in Models/, in a folder given with --models or among the installed \
            ones, or the path of a folder, with a slash in it.
            """,
        subcommands: [
            ModelListCommand.self, ModelShowCommand.self, ModelVerifyCommand.self,
            ModelSampleCommand.self, ModelEncodeCommand.self, ModelDecodeCommand.self,
            ModelConvertCommand.self,
        ])
}
