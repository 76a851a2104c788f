/// A solver that can also take a quick look, which is enough to tell picture from noise.
package protocol BriefSolver: Solver {
    /// The same method with up to so many times fewer iterations, each as long as before, and no fewer
    /// than lead anywhere.
    func shortened(by factor: Int) -> any Solver
}
