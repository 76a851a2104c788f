import ArgumentParser
import Glibc
import Pipeline
import Programs
import Tensors
import Worker

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer the requests of sluiced, as Docs/worker-protocol.md describes.",
        discussion: "With both options the worker answers what is in a file, and ends.")

    @Option(help: "A file with requests; standard input where there is none.")
    var requests: String?

    @Option(help: "A new file for events; standard output where there is none.")
    var events: String?

    func run() throws {
        do {
            let events = try writer()
            try TorchProcess.flushDenormals(true)
            var server = Server(
                Restorer(software: Software.name), events: events, software: Software.name,
                log: StandardError.write)
            try server.run(LineReader(try input()))
        } catch let error as TorchError {
            StandardError.write("libtorch cannot be used: \(error)")
            throw ExitCode(SystemExit.unavailable.rawValue)
        } catch let error as ExitCode {
            throw error
        } catch {
            StandardError.write("\(error)")
            throw ExitCode(SystemExit.inputOutput.rawValue)
        }
    }

    /// Where requests come from.
    private func input() throws -> Int32 {
        guard let requests else { return STDIN_FILENO }
        let file = open(requests, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw StreamError(code: errno) }
        return file
    }

    /// Where events go: another worker's file is left alone.
    private func writer() throws -> EventWriter {
        let standard = try EventWriter.takingStandardOutput()
        guard let events else { return standard }
        do throws(StreamError) {
            return try .creating(events)
        } catch {
            guard error.code == EEXIST else { throw error }
            StandardError.write("another worker has written \(events); it is left alone")
            throw ExitCode(SystemExit.temporaryFailure.rawValue)
        }
    }
}
