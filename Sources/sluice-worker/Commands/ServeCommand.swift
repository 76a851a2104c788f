import ArgumentParser
import Glibc
import Pipeline
import Programs
import Tensors
import Worker

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer the requests of sluiced, as Docs/worker-protocol.md describes.")

    func run() throws {
        do {
            let events = try EventWriter.takingStandardOutput()
            try TorchProcess.flushDenormals(true)
            var server = Server(
                Restorer(software: Software.name), events: events, software: Software.name,
                log: StandardError.write)
            try server.run(LineReader(STDIN_FILENO))
        } catch let error as TorchError {
            StandardError.write("libtorch cannot be used: \(error)")
            throw ExitCode(SystemExit.unavailable.rawValue)
        } catch {
            StandardError.write("\(error)")
            throw ExitCode(SystemExit.inputOutput.rawValue)
        }
    }
}
