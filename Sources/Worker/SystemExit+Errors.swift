import Arrays
import Glibc
import Jobs
import Models
import Pipeline
package import Programs
import Training

extension SystemExit {
    /// The exit code that says why a command could not be carried out.
    package init(explaining error: any Error) {
        switch error {
        case is Interruption: self = .interrupted
        case let error as TrainingError: self.init(error)
        case is ConversionError: self = .badData
        case let error as SessionError: self.init(error)
        case let error as ModelCommandError: self.init(error)
        case let error as ArrayError where error.isAboutCreating: self = .cannotCreate
        case let error as JobError where error.reason == .missing: self = .noInput
        case let error as JobError where error.reason == .forbidden: self = .permission
        default: self.init(JobFailure(explaining: error))
        }
    }

    private init(_ error: TrainingError) {
        if case .memory = error.reason { self = .outOfMemory } else { self = .badData }
    }

    private init(_ error: SessionError) {
        self =
            switch error.reason {
            case .hasCheckpoint, .holdsOthers, .isNoFolder, .hasNoName: .cannotCreate
            case .hasNoCheckpoint: .noInput
            case .isRunning: .temporaryFailure
            }
    }

    private init(_ error: ModelCommandError) {
        self =
            switch error.reason {
            case .exists: .cannotCreate
            case .isInput: .usage
            case .otherShape, .noPictures, .notFinite, .outside, .noLatents, .noDensity,
                .noMap:
                .badData
            }
    }

    private init(_ failure: JobFailure) {
        self =
            switch failure.code {
            case "picture.missing", "model.missing", "data.missing": .noInput
            case "device.missing": .unavailable
            case "memory": .outOfMemory
            case "disk.full", "disk.failed", "job.unreadable": .inputOutput
            case "permission": .permission
            case "internal": .internalError
            default: .badData
            }
    }
}

extension ArrayError {
    /// Whether a file could not be made, for another reason than a lack of permission.
    fileprivate var isAboutCreating: Bool {
        guard case .system(let operation, let code) = reason else { return false }
        let isRefused = [EACCES, EPERM, EROFS, ENOSPC, EDQUOT].contains(code)
        return !isRefused && (operation == .create || operation == .publish)
    }
}
