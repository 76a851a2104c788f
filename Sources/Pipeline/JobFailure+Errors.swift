import Arrays
import Datasets
import Glibc
import Images
package import Jobs
import Models
import Physics
import Solvers
import Tensors
import YAML

extension JobFailure {
    /// What `error`, thrown while a job was restored, means for the job.
    package init(explaining error: any Error) {
        switch error {
        case let failure as JobFailure: self = failure
        case let error as JobError: self.init(error)
        case let fault as JobFault: self.init(fault)
        case let error as PipelineError: self.init(error)
        case let error as ModelError: self.init(error)
        case is ConversionError: self.init(.job, "model.invalid", "\(error)")
        case let error as ParameterError:
            self.init(.environment, "model.invalid", "\(error)")
        case let error as ArrayError: self.init(error, code: "data.invalid")
        case let error as ImageError:
            self.init(
                .job, "picture.unreadable", "\(error)", file: error.context)
        case let error as PhysicsError: self.init(error)
        case let error as SolverError: self.init(error)
        case let error as TorchError: self.init(error)
        case let error as MemoryShortage:
            self.init(.resource, "memory", "\(error)", hint: error.hint)
        default: self.init(.job, "internal", "\(error)", hint: "report this as a bug")
        }
    }

    private init(_ error: JobError) {
        let first = error.issues.first
        let isMissing: Bool
        switch error.reason {
        case .missing, .forbidden, .unreadable: isMissing = true
        case .invalid: isMissing = false
        }
        self.init(
            .job, isMissing ? "job.unreadable" : "job.invalid", error.description,
            file: first?.position.file ?? error.file, line: first?.position.line,
            column: first?.position.column, hint: first?.remedy)
    }

    private init(_ fault: JobFault) {
        self.init(explaining: fault.cause)
        message = fault.message
        hint = fault.remedy
        guard let position = fault.position else { return }
        (file, line, column) = (position.file, position.line, position.column)
    }

    private init(_ error: PhysicsError) {
        switch error.reason {
        case .shape, .setting, .nothingMeasured:
            self.init(.job, "job.invalid", "\(error)", hint: error.remedy)
        case .memory: self.init(.resource, "memory", "\(error)", hint: error.remedy)
        }
    }

    private init(_ error: SolverError) {
        switch error.reason {
        case .setting, .choice, .unfitOperator:
            self.init(.job, "job.invalid", "\(error)", hint: error.remedy)
        case .drift: self.init(.job, "numerics", "\(error)", hint: error.remedy)
        case .operatorDoesNotFit, .measurementShape, .pictureSize, .noiseDoesNotFit, .notFinite:
            self.init(.job, "picture.shape", "\(error)", hint: error.remedy)
        }
    }

    private init(_ error: PipelineError) {
        switch error.reason {
        case .missing(let kind, _):
            let isModel = kind == "model"
            let isData = kind == "dataset"
            self.init(
                isModel || isData ? .environment : .job,
                isModel ? "model.missing" : isData ? "data.missing" : "picture.missing",
                "\(error)", file: error.context, hint: error.remedy)
        case .picture:
            self.init(
                .job, "picture.unreadable", "\(error)", file: error.context, hint: error.remedy)
        case .tooMany, .mismatch:
            self.init(.job, "picture.shape", "\(error)", hint: error.remedy)
        case .unfitModel: self.init(.job, "model.unfit", "\(error)", hint: error.remedy)
        case .nothingFound: self.init(.job, "numerics", "\(error)", hint: error.remedy)
        case .damagedResult: self.init(.environment, "disk.failed", "\(error)")
        }
    }

    private init(_ error: ModelError) {
        switch error.reason {
        case .missingFile: self.init(.environment, "model.missing", "\(error)")
        case .unreadable, .wrongDigest, .newerVersion, .unusable:
            self.init(.environment, "model.invalid", "\(error)")
        case .memory: self.init(.resource, "memory", "\(error)")
        case .withoutDensity, .notUnfolded, .unfolded: self.init(.job, "model.unfit", "\(error)")
        }
    }

    private init(_ error: ArrayError, code: String) {
        guard case .system(_, let number) = error.reason else {
            self.init(.job, code, "\(error)", file: error.context)
            return
        }
        switch number {
        case ENOSPC, EDQUOT:
            self.init(.environment, "disk.full", "\(error)", hint: "make room on the disk")
        case EACCES, EPERM, EROFS: self.init(.environment, "permission", "\(error)")
        case ENOENT: self.init(.job, "picture.missing", "\(error)", file: error.context)
        case ENAMETOOLONG:
            self.init(
                .job, "name.long", "\(error)", file: error.context, hint: "give shorter names")
        default: self.init(.environment, "disk.failed", "\(error)")
        }
    }

    private init(_ error: TorchError) {
        if error.isOutOfMemory {
            self.init(
                .resource, "memory", "memory ran out in \(error.place)",
                hint: "give the worker more memory")
        } else {
            self.init(.job, "numerics", "\(error)")
        }
    }
}
