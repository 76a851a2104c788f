import ArgumentParser
import Glibc
import Programs

@main
struct SluiceWorker: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice-worker",
        abstract: "What sluice does with tensors: solve jobs, train models.",
        discussion: "sluice and sluiced start this program; sluice run and sluice train are it.",
        version: Software.name,
        subcommands: [
            RunCommand.self, TrainCommand.self, ServeCommand.self, DoctorCommand.self,
        ])

    static func main() {
        // Whoever no longer reads is noticed where it is written to.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            // The daemon tells a worker that it cannot start from one that cannot work.
            if CommandLine.arguments.dropFirst().first == "serve",
                exitCode(for: error) == .validationFailure
            {
                StandardError.write(fullMessage(for: error))
                Glibc.exit(SystemExit.configuration.rawValue)
            }
            exit(withError: error)
        }
    }
}
