package import Tensors

/// Some pixels only: f(x) = m · x with m = 1 where a pixel is measured, and 0 elsewhere.
///
/// A measurement has the shape of the picture, with 0 where nothing is measured.
package struct Mask: LinearOperator {
    /// `[1 or channels, height, width]`.
    private let kept: Coefficients
    private let shape: [Int]

    /// A mask that measures the pixels where `kept` is 1.
    ///
    /// - Parameters:
    ///   - kept: 0 and 1, row by row, of one channel for all or of every channel.
    ///   - shape: `[1 or channels, height, width]`.
    ///   - device: where pictures will be.
    /// - Throws: `PhysicsError` when nothing is measured; `TorchError`.
    package init(_ kept: [Double], shape: [Int], on device: Device = .cpu) throws {
        guard kept.contains(1) else {
            throw PhysicsError(.nothingMeasured, in: "mask")
        }
        self.shape = shape
        self.kept = try Coefficients(Tensor(kept, shape: shape), on: device)
    }

    package var normBound: Double { 1 }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        guard inputShape.count == 3, [1, inputShape[0]].contains(shape[0]),
            inputShape.dropFirst() == shape.dropFirst()
        else {
            throw PhysicsError(
                .shape(inputShape, expected: "\(shape[1]) × \(shape[2]) pixels, as the mask"),
                in: "mask")
        }
        return inputShape
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor { try x * kept.matching(x) }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try apply(y) }

    package func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? { try apply(y) }

    package func diagonal(like measurement: Tensor) throws(TorchError) -> Tensor? {
        try kept.matching(measurement)
    }

    /// Not by a product: what was not measured may be NaN.
    package func measuredPart(of y: Tensor) throws(TorchError) -> Tensor {
        let isKept = try kept.matching(y).isGreater(than: 0.5).expanded(to: y.shape)
        return try y.chosen(where: isKept, else: y.filled(with: 0))
    }
}
