extension MAP.Settings {
    /// Checks every number.
    ///
    /// - Parameters:
    ///   - weight: what users call the weight of the prior.
    ///   - method: the name of the solver.
    /// - Throws: `SolverError` when one is out of range.
    func validate(weight: String, in method: String) throws(SolverError) {
        if let beta, !(beta >= 0 && beta.isFinite) {
            throw SolverError(.setting(weight, value: beta, expected: "0 or more"), in: method)
        }
        if let rate = learningRate, !(rate > 0 && rate.isFinite) {
            throw SolverError(
                .setting("learning_rate", value: rate, expected: "positive"), in: method)
        }
        if let steps, steps < 1 {
            throw SolverError(
                .setting("steps", value: Double(steps), expected: "1 or more"), in: method)
        }
        guard restarts >= 1 else {
            throw SolverError(
                .setting("restarts", value: Double(restarts), expected: "1 or more"), in: method)
        }
    }
}
