import ArgumentParser
import Arrays
import Jobs
import Pipeline
import Programs
import Training
import Worker

/// Runs a command's work and turns its errors into a message and an exit code.
func reportingErrors(
    interrupted: () -> String = { "interrupted; nothing was written" }, _ body: () throws -> Void
) throws {
    do {
        try body()
    } catch let error as ExitCode {
        throw error
    } catch is Interruption {
        StandardError.write(interrupted())
        throw ExitCode(SystemExit.interrupted.rawValue)
    } catch {
        StandardError.write(message(for: error))
        throw ExitCode(SystemExit(explaining: error).rawValue)
    }
}

private func message(for error: any Error) -> String {
    switch error {
    case let error as JobError: return error.description
    case let fault as JobFault: return fault.description
    case is TrainingError, is SessionError, is ModelCommandError, is ArrayError:
        return "error: \(error)"
    default:
        let failure = JobFailure(explaining: error)
        let hint = failure.hint.flatMap { failure.message.contains($0) ? nil : "; \($0)" } ?? ""
        return "error: \(failure.message)\(hint)"
    }
}
