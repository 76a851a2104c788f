import Foundation
import Jobs

/// A job that has been read and waits to be solved.
struct Errand {
    let order: JobOrder
    let job: PreparedJob
    let solver: any DescribedSolver
    let started: Date
    var stages: Stages
    /// The settings of the job, which writing takes a while; see `JobSpec.kinship`.
    let kinship: String?

    init(
        order: JobOrder, job: PreparedJob, solver: any DescribedSolver, started: Date,
        stages: Stages
    ) {
        self.order = order
        self.job = job
        self.solver = solver
        self.started = started
        self.stages = stages
        kinship = job.spec.kinship
    }
}
