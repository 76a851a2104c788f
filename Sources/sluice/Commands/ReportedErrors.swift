import ArgumentParser
import Arrays
import Datasets
import Glibc
import Jobs
import Programs

extension SystemExit {
    init(_ error: DatasetError) {
        self =
            switch error.reason {
            case .array(let error): SystemExit(error)
            case .picture, .pictures, .manifest: .badData
            case .setting: .usage
            case .exists: .cannotCreate
            }
    }

    init(_ error: JobError) {
        self =
            switch error.reason {
            case .invalid: .badData
            case .missing: .noInput
            case .forbidden: .permission
            case .unreadable: .inputOutput
            }
    }

    init(_ error: ArrayError) {
        guard case .system(let operation, let code) = error.reason else {
            self = .badData
            return
        }
        self =
            switch code {
            case EACCES, EPERM, EROFS: .permission
            case ENOMEM: .outOfMemory
            case _ where operation == .create: .cannotCreate
            case ENOENT, ENOTDIR, ELOOP, EISDIR: .noInput
            default: .inputOutput
            }
    }
}

/// Runs a command's work and turns its errors into a message and an exit code.
func reportingErrors(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch let error as DatasetError {
        StandardError.write("error: \(error)")
        throw ExitCode(SystemExit(error).rawValue)
    } catch let error as ArrayError {
        StandardError.write("error: \(error)")
        throw ExitCode(SystemExit(error).rawValue)
    } catch is Interruption {
        StandardError.write("interrupted; nothing was written")
        throw ExitCode(SystemExit.interrupted.rawValue)
    }
}
