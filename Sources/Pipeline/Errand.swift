import Foundation
import Jobs

/// A job that has been read and waits to be solved.
struct Errand {
    let order: JobOrder
    /// The whole job; `job` is that of its first method.
    let spec: JobSpec
    let job: PreparedJob
    let solver: any DescribedSolver
    /// Further methods for the same measurements.
    let rivals: [Rival]
    let started: Date
    var stages: Stages
    /// The settings of the job, which writing takes a while; see `JobSpec.kinship`.
    let kinship: String?

    init(
        order: JobOrder, spec: JobSpec, job: PreparedJob, solver: any DescribedSolver,
        rivals: [Rival], started: Date,
        stages: Stages
    ) {
        self.order = order
        self.spec = spec
        self.job = job
        self.solver = solver
        self.rivals = rivals
        self.started = started
        self.stages = stages
        kinship = spec.kinship
    }
}
