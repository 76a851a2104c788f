package import Tensors

/// Some pixels only: f(x) = m · x with m = 1 where a pixel is measured, and 0 elsewhere.
///
/// A measurement has the shape of the picture, with 0 where nothing is measured.
package struct Mask: LinearOperator {
    private let kept: KeptPlaces

    /// A mask that measures the pixels where `kept` is 1.
    ///
    /// - Parameters:
    ///   - kept: 0 and 1, row by row, of one channel for all or of every channel.
    ///   - shape: `[1 or channels, height, width]`.
    ///   - device: where pictures will be.
    /// - Throws: `PhysicsError` when nothing is measured; `TorchError`.
    package init(_ kept: [Double], shape: [Int], on device: Device = .cpu) throws {
        self.kept = try KeptPlaces(kept, shape: shape, in: "mask", on: device)
    }

    package var normBound: Double { 1 }

    package var keepsPlaces: Bool { true }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        try kept.check(inputShape)
        return inputShape
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        try x * kept.coefficients.matching(x)
    }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try apply(y) }

    package func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? { try apply(y) }

    package func diagonal(like measurement: Tensor) throws(TorchError) -> Tensor? {
        try kept.coefficients.matching(measurement)
    }

    package func measuredPart(of y: Tensor) throws(TorchError) -> Tensor { try kept.part(of: y) }
}
