import Models
import Physics
import Tensors

extension MAP {
    /// Checks that the problem fits the prior and itself.
    ///
    /// - Throws: `SolverError` when it does not; `TorchError`.
    func validate(_ problem: Problem) throws {
        let shape = Array(problem.measurement.shape.dropFirst())
        let expected: [Int]
        do throws(PhysicsError) {
            expected = try problem.forward.outputShape(for: prior.imageShape)
        } catch {
            throw SolverError(.operatorDoesNotFit(error), in: "map")
        }
        guard shape == expected else {
            throw SolverError(.measurementShape(shape, expected: expected), in: "map")
        }
        do throws(PhysicsError) {
            try problem.noise.validate(shape)
        } catch {
            throw SolverError(.noiseDoesNotFit(error), in: "map")
        }
        guard try problem.measurement.isAllFinite() else {
            throw SolverError(.notFinite, in: "map")
        }
    }

    /// Checks the settings.
    ///
    /// - Throws: `SolverError` when one is out of range.
    func validateSettings() throws(SolverError) {
        if let beta = settings.beta, !(beta >= 0 && beta.isFinite) {
            throw SolverError(.setting("beta", value: beta, expected: "0 or more"), in: "map")
        }
        if let rate = settings.learningRate, !(rate > 0 && rate.isFinite) {
            throw SolverError(
                .setting("learning_rate", value: rate, expected: "positive"), in: "map")
        }
        if let steps = settings.steps, steps < 1 {
            throw SolverError(
                .setting("steps", value: Double(steps), expected: "1 or more"), in: "map")
        }
        guard settings.restarts >= 1 else {
            throw SolverError(
                .setting("restarts", value: Double(settings.restarts), expected: "1 or more"),
                in: "map")
        }
    }
}
