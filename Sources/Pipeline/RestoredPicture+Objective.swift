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
        // Other methods only tell an objective: they do not go by it.
        guard solver.iteration != nil, !isEmpty,
            allSatisfy({ !$0.terms.objective.isFinite })
        else { return }
        throw PipelineError(.nothingFound, in: "solver.\(solver.name)")
    }
}
