import Jobs
import Solvers

extension [RestoredPicture] {
    /// Checks that the search of `solver` found a picture at all.
    ///
    /// Where the objective never was finite, a picture is no more than where the search began. One
    /// among others is told as a warning, so that the others are not lost.
    ///
    /// - Throws: `PipelineError` when no picture has a finite objective.
    func checkObjectives(of solver: SolverSpec) throws(PipelineError) {
        guard solver.goesByObjective, !isEmpty,
            allSatisfy({ !$0.terms.objective.isFinite })
        else { return }
        throw PipelineError(.nothingFound, in: "solver.\(solver.name)")
    }
}

extension SolverSpec {
    /// Whether the method looks for the picture with the lowest objective, weighs pictures by it, or
    /// leaves out what leads away from it; the others only tell one.
    fileprivate var goesByObjective: Bool {
        switch self {
        case .map, .mle, .asim, .bora, .lasso, .langevin, .unfolded, .plugAndPlay: true
        case .bm3d: false
        }
    }
}
