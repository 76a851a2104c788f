import Arrays
import Glibc
import Jobs
import Models
import Programs
import Tensors
import Testing
import Training
import Worker

@Suite struct SystemExitTests {
    private static let failures: [(Int32, JobFailure)] = [
        (65, JobFailure(.job, "job.invalid", "")), (66, JobFailure(.job, "picture.missing", "")),
        (66, JobFailure(.environment, "model.missing", "")),
        (65, JobFailure(.environment, "model.invalid", "")),
        (69, JobFailure(.environment, "device.missing", "")),
        (69, JobFailure(.environment, "device.missing", "")),
        (65, JobFailure(.job, "numerics", "")),
        (71, JobFailure(.resource, "memory", "")),
        (74, JobFailure(.environment, "disk.full", "")),
        (77, JobFailure(.environment, "permission", "")), (70, JobFailure(.job, "internal", "")),
    ]

    @Test(arguments: failures)
    func `failures of jobs have their exit codes`(_ code: Int32, _ failure: JobFailure) {
        #expect(SystemExit(explaining: failure).rawValue == code)
    }

    @Test func `other errors have theirs`() {
        func code(_ error: any Error) -> Int32 { SystemExit(explaining: error).rawValue }
        func system(_ operation: SystemOperation, _ code: Int32) -> ArrayError {
            ArrayError(.system(operation: operation, code: code), in: "file")
        }
        #expect(code(Interruption()) == 130)
        #expect(code(JobError(.missing, file: "job.yaml")) == 66)
        #expect(code(JobError(.forbidden, file: "job.yaml")) == 77)
        #expect(code(JobError(.invalid([]), file: "job.yaml")) == 65)
        #expect(code(TrainingError(.noData)) == 65)
        let recipe = TrainingRecipe(
            name: "a", architecture: .realNVP(RealNVPSettings(scales: 1, blocks: 1, width: 4)),
            train: [], validation: [], batch: 2, steps: 1,
            schedule: LearningRateSchedule(peak: 0.01))
        let shortage = TrainingShortage(.step, of: recipe, processes: 1)
        #expect(code(TrainingError(.memory(shortage))) == 71)
        #expect(code(SessionError(.hasCheckpoint, folder: "x")) == 73)
        #expect(code(SessionError(.hasNoCheckpoint, folder: "x")) == 66)
        #expect(code(SessionError(.holdsOthers("y"), folder: "x")) == 73)
        #expect(code(SessionError(.isRunning, folder: "x")) == 75)
        #expect(code(ModelCommandError(.exists, in: "x")) == 73)
        #expect(code(ModelCommandError(.isInput, in: "x")) == 64)
        #expect(code(ModelCommandError(.noDensity, in: "x")) == 65)
        #expect(code(system(.create, ENOENT)) == 73)
        #expect(code(system(.create, EACCES)) == 77)
        #expect(code(system(.open, ENOENT)) == 66)
        #expect(code(system(.write, ENOSPC)) == 74)
        #expect(code(ArrayError(.malformed("short"), in: "file")) == 65)
        #expect(code(TorchError(operation: "x", message: "out of memory")) == 71)
    }
}
