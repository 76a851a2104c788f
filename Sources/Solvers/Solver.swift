/// A method that restores pictures from measurements.
package protocol Solver: Sendable {
    /// Solves `problem`, calling `checkpoint` after every iteration.
    ///
    /// - Throws: whatever `checkpoint` throws, which ends the work; `SolverError` when the problem
    ///   does not fit the method; `TorchError`.
    func solve(_ problem: Problem, checkpoint: (Solution.Step) throws -> Void) throws -> Solution
}
