/// A solver that can also take a quick look, which is enough to tell picture from noise.
package protocol BriefSolver: Solver {
    /// The same method with so many times fewer iterations, at least one, each as long as before.
    func shortened(by factor: Int) -> any Solver
}
