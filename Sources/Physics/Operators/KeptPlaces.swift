import Tensors

/// The places of a picture, or of its Fourier transform, that are measured: m = 1 there, 0 elsewhere.
struct KeptPlaces: Sendable {
    let coefficients: Coefficients
    /// `[1 or channels, height, width]`.
    let shape: [Int]
    private let context: String

    /// The places where `kept` is 1.
    ///
    /// - Parameters:
    ///   - kept: 0 and 1, row by row, of one channel for all or of every channel.
    ///   - shape: `[1 or channels, height, width]`.
    ///   - context: the operator, for errors.
    ///   - device: where pictures will be.
    /// - Throws: `PhysicsError` when nothing is measured; `TorchError`.
    init(_ kept: [Double], shape: [Int], in context: String, on device: Device) throws {
        guard kept.contains(1) else { throw PhysicsError(.nothingMeasured, in: context) }
        coefficients = try Coefficients(Tensor(kept, shape: shape), on: device)
        self.shape = shape
        self.context = context
    }

    /// Checks that pictures of `inputShape` have these places.
    ///
    /// - Throws: `PhysicsError` when they have others.
    func check(_ inputShape: [Int]) throws(PhysicsError) {
        guard inputShape.count == 3, [1, inputShape[0]].contains(shape[0]),
            inputShape.dropFirst() == shape.dropFirst()
        else {
            throw PhysicsError(
                .shape(inputShape, expected: "\(shape[1]) × \(shape[2]) pixels, as the mask"),
                in: context)
        }
    }

    /// `y` with 0 elsewhere; not by a product, since what was not measured may be NaN.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func part(of y: Tensor) throws(TorchError) -> Tensor {
        let isKept = try coefficients.matching(y).isGreater(than: 0.5).expanded(to: y.shape)
        return try y.chosen(where: isKept, else: y.filled(with: 0))
    }
}
