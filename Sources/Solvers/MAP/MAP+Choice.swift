extension MAP {
    /// Every choice for `problem`: the user's where there is one, else the measured default.
    ///
    /// - Throws: `SolverError` when problem, prior and settings do not fit; `TorchError`.
    package func plan(for problem: Problem) throws -> Plan {
        try validateSettings()
        try validate(problem)
        return Plan(
            space: settings.space == .auto ? .image : settings.space,
            optimizer: settings.optimizer == .auto ? .adam : settings.optimizer,
            start: settings.start == .auto ? .observation : settings.start,
            beta: settings.beta ?? 0.5, steps: settings.steps ?? 200,
            learningRate: settings.learningRate ?? 0.02, schedule: .cosine)
    }
}
