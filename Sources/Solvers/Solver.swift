/// A method that restores pictures from measurements.
package protocol Solver: Sendable {
    /// Solves `problem`, calling `checkpoint` after every iteration, and before the first where
    /// finding a start takes long.
    ///
    /// - Throws: whatever `checkpoint` throws, which ends the work; `SolverError` when the problem
    ///   does not fit the method; `TorchError`.
    func solve(_ problem: Problem, checkpoint: (Solution.Step) throws -> Void) throws -> Solution

    /// What finds pictures where they are needed only to learn about the noise; the same method where
    /// there is none that is quicker.
    var scout: any Solver { get }
}

extension Solver {
    package var scout: any Solver { self }
}
