import Tensors

/// A matrix along the columns and one along the rows of every channel: Y = V X Hᵀ.
///
/// Costs O(h' h w + h' w' w) for h × w pixels in and h' × w' out: more than linear, but as products
/// of small matrices, which are fast up to some 500 pixels a side.
struct AxisProduct: Sendable {
    let vertical: AxisMatrix
    let horizontal: AxisMatrix
    let normBound: Double

    init(vertical: AxisMatrix, horizontal: AxisMatrix) throws(TorchError) {
        self.vertical = vertical
        self.horizontal = horizontal
        normBound = try vertical.normBound * horizontal.normBound
    }

    func outputShape(
        for inputShape: [Int], in context: String
    ) throws(PhysicsError) -> [Int] {
        guard inputShape.count == 3, inputShape[1] == vertical.columns,
            inputShape[2] == horizontal.columns
        else {
            let expected = "\(vertical.columns) × \(horizontal.columns) pixels"
            throw PhysicsError(.shape(inputShape, expected: expected), in: context)
        }
        return [inputShape[0], vertical.rows, horizontal.rows]
    }

    /// V x Hᵀ.
    func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        let right = try horizontal.coefficients.matching(x).transposed()
        return try vertical.coefficients.matching(x).matrixProduct(x.matrixProduct(right))
    }

    /// Vᵀ y H.
    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
        let left = try vertical.coefficients.matching(y).transposed()
        return try left.matrixProduct(y.matrixProduct(horizontal.coefficients.matching(y)))
    }

    /// V⁺ y (H⁺)ᵀ, nil where it is not known.
    func pseudoInverse(_ y: Tensor) throws(TorchError) -> Tensor? {
        guard let down = vertical.inverse, let across = horizontal.inverse else { return nil }
        return try down.matching(y).matrixProduct(
            y.matrixProduct(across.matching(y).transposed()))
    }
}
