import Arrays
import Foundation
import Jobs

/// A job that has been read and waits to be solved.
struct Errand {
    let order: JobOrder
    /// The whole job; `job` is that of its first method.
    let spec: JobSpec
    let job: PreparedJob
    let solver: any DescribedSolver
    /// What the solver chose where it was free to.
    let plan: JSONValue
    /// Further methods for the same measurements.
    let rivals: [Rival]
    /// What every method is called.
    let titles: [String]
    let started: Date
    var stages: Stages
    /// The settings of the job, which writing takes a while; see `JobSpec.kinship`.
    let kinship: String?

    init(
        order: JobOrder, spec: JobSpec, job: PreparedJob, solver: any DescribedSolver,
        plan: JSONValue, rivals: [Rival], started: Date, stages: Stages
    ) {
        self.order = order
        self.spec = spec
        self.job = job
        self.solver = solver
        self.plan = plan
        self.rivals = rivals
        titles = SolverSpec.titles(of: spec.solvers)
        self.started = started
        self.stages = stages
        kinship = spec.kinship
    }
}

extension Errand {
    /// The turn of the method at `index`, 0 being that of the job itself.
    func turn(_ index: Int) -> Turn {
        Turn(index: index, count: rivals.count + 1, title: titles[index])
    }
}
