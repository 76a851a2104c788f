import Physics
import Tensors

/// What a measurement shows of the pictures themselves.
struct Observation: Sendable {
    let measurement: Tensor
    /// A⁺y where it is known, else what the measurement shows, else Aᵀy / ‖A‖², else nothing.
    let picture: Tensor?
    /// How far each pixel of `picture` may be off, where pixels are measured one by one.
    let deviation: Tensor?

    /// What `problem` shows of pictures of `imageShape`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    init(_ problem: Problem, imageShape: [Int]) throws(TorchError) {
        measurement = problem.measurement
        guard let linear = problem.forward as? any LinearOperator else {
            picture = try problem.forward.shown(by: measurement)
            deviation = nil
            return
        }
        let shape = [measurement.shape[0]] + imageShape
        let std = try problem.noise.deviation(of: measurement)
        if let diagonal = try linear.diagonal(like: measurement) {
            picture = try linear.pseudoInverse(measurement)
            deviation = try (std / diagonal.magnitude()).expanded(to: shape)
        } else {
            let bound = linear.normBound
            if let shown = try linear.shown(by: measurement) {
                picture = shown
            } else {
                picture = try linear.adjoint(measurement) / (bound * bound)
            }
            deviation = nil
        }
    }
}
