package import Tensors

/// Some Fourier coefficients: f(x) = m · F x with the orthonormal two-dimensional transform F.
///
///     (F x)ᵤᵥ = (h w)^(−½) Σⱼₖ xⱼₖ exp(−2πi (u j / h + v k / w)), as numpy.fft.fft2(x, norm="ortho")
///
/// A measurement is `[2, channels, height, width]`: real and imaginary parts, with 0 where nothing
/// is measured. As an operator between real spaces it has the adjoint Aᵀy = Re F*(m · y). Of two
/// coefficients that are conjugate for every real picture both may be measured; A⁺ takes their
/// mean. Costs O(h w log(h w)).
package struct FourierSampling: LinearOperator {
    private let kept: KeptPlaces
    /// m divided by how often its frequency is measured: 1 where both conjugates are, 2 where one.
    private let balanced: Coefficients

    /// The coefficients where `kept` is 1, in NumPy's order: frequency 0 first.
    ///
    /// - Parameters:
    ///   - kept: 0 and 1, row by row, of one channel for all or of every channel.
    ///   - shape: `[1 or channels, height, width]`.
    ///   - device: where pictures will be.
    /// - Throws: `PhysicsError` when nothing is measured; `TorchError`.
    package init(_ kept: [Double], shape: [Int], on device: Device = .cpu) throws {
        self.kept = try KeptPlaces(kept, shape: shape, in: "fourier", on: device)
        let (height, width) = (shape[1], shape[2])
        let balanced = kept.indices.map { index -> Double in
            let (row, column) = (index / width % height, index % width)
            let plane = index - row * width - column
            let opposite = plane + (height - row) % height * width + (width - column) % width
            return 2 * kept[index] / max(kept[index] + kept[opposite], 1)
        }
        self.balanced = try Coefficients(Tensor(balanced, shape: shape), on: device)
    }

    package var normBound: Double { 1 }

    private var size: Double { Double(kept.shape[1] * kept.shape[2]) }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        try kept.check(inputShape)
        return [2] + inputShape
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        let transform = try x.fourier()
        let factors = try kept.coefficients.matching(x) / size.squareRoot()
        return try .stacked(
            [transform.realPart() * factors, transform.imaginaryPart() * factors], along: 1)
    }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
        try back(y, kept.coefficients)
    }

    package func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? {
        try back(y, balanced)
    }

    package func measuredPart(of y: Tensor) throws(TorchError) -> Tensor { try kept.part(of: y) }

    /// Re F*(w · y).
    private func back(_ y: Tensor, _ weights: Coefficients) throws(TorchError) -> Tensor {
        let factors = try weights.matching(y) * size.squareRoot()
        return try Tensor.complex(
            real: y.element(0, along: 1) * factors, imaginary: y.element(1, along: 1) * factors
        ).inverseFourier().realPart()
    }
}
