import ArgumentParser
import Glibc
import Programs

@main
struct SluiceWorker: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice-worker",
        abstract:
            "What sluice does with tensors: solve jobs, train and use models, compare methods.",
        discussion: """
            sluice and sluiced start this program; sluice run, compare, train, evaluate and model are it.
            """,
        version: Software.name,
        subcommands: [
            RunCommand.self, CompareCommand.self, TrainCommand.self, EvaluateCommand.self,
            ModelCommand.self,
            ServeCommand.self, CheckCommand.self, DoctorCommand.self,
        ])

    static func main() {
        // Whoever no longer reads is noticed where it is written to.
        signal(SIGPIPE, SIG_IGN)
        let name = CommandLine.arguments.dropFirst().first
        let isOfSluice = SluiceCommands.names.contains { $0 == name }
        let root: any ParsableCommand.Type = isOfSluice ? SluiceCommands.self : SluiceWorker.self
        do {
            var command = try root.parseAsRoot()
            try command.run()
        } catch {
            // The daemon tells a worker that it cannot start from one that cannot work.
            if name == "serve", exitCode(for: error) == .validationFailure {
                StandardError.write(fullMessage(for: error))
                Glibc.exit(SystemExit.configuration.rawValue)
            }
            root.exit(withError: error)
        }
    }
}
