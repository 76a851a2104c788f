import Physics
import Tensors

extension Problem {
    /// Checks that the problem fits itself and pictures of `imageShape`.
    ///
    /// - Throws: `SolverError`, with the method as context, when it does not; `TorchError`.
    func validate(for imageShape: [Int], in method: String) throws {
        let shape = Array(measurement.shape.dropFirst())
        let expected: [Int]
        do throws(PhysicsError) {
            expected = try forward.outputShape(for: imageShape)
        } catch {
            throw SolverError(.operatorDoesNotFit(error), in: method)
        }
        guard shape == expected else {
            throw SolverError(.measurementShape(shape, expected: expected), in: method)
        }
        do throws(PhysicsError) {
            try noise.validate(shape)
        } catch {
            throw SolverError(.noiseDoesNotFit(error), in: method)
        }
        guard try measurement.isAllFinite() else { throw SolverError(.notFinite, in: method) }
    }
}
