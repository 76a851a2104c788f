import Glibc
package import Tensors

/// Times a matrix: f(x) = s A x, with all channels of a picture in one vector, row by row.
///
/// A is held once, as blocks of rows in single precision; A and Aᵀ read the same memory. Costs
/// O(m n) time and memory for m measurements of n values.
package struct MatrixProduct: LinearOperator {
    /// `[rows, columns]` each, one below the other.
    private let blocks: [Tensor]
    private let inputShape: [Int]
    private let scale: Double
    package let rows: Int
    package let normBound: Double

    /// The product with the rows of `blocks`, times `scale`.
    ///
    /// - Parameters:
    ///   - blocks: at least one, `[rows, columns]` with columns = channels · height · width.
    ///   - inputShape: `[channels, height, width]`.
    ///   - scale: what every product is multiplied by.
    ///   - normBound: an upper bound of ‖s A‖; when nil, the lower one of the Frobenius norm and
    ///     √(‖A‖₁ ‖A‖∞).
    /// - Throws: `TorchError` when the shapes do not fit.
    package init(
        _ blocks: [Tensor], inputShape: [Int], scale: Double = 1, normBound: Double? = nil
    ) throws(TorchError) {
        let columns = inputShape.reduce(1, *)
        for block in blocks where block.shape.count != 2 || block.shape[1] != columns {
            throw TorchError(
                operation: "matrix", shapes: [block.shape],
                message: "needs \(columns) columns")
        }
        self.blocks = blocks
        self.inputShape = inputShape
        self.scale = scale
        rows = blocks.reduce(0) { $0 + $1.shape[0] }
        if let normBound {
            self.normBound = normBound
        } else {
            self.normBound = try abs(scale) * Self.norm(blocks, columns)
        }
    }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        guard inputShape == self.inputShape else {
            throw PhysicsError(
                .shape(inputShape, expected: "\(self.inputShape)"), in: "matrix")
        }
        return [rows]
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        let flat = try x.reshaped(to: [x.shape[0], -1])
        var parts: [Tensor] = []
        for block in blocks { parts.append(try flat.timesRows(of: block)) }
        let product = try parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: 1)
        return try scale == 1 ? product : product * scale
    }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
        var sum: Tensor?
        var first = 0
        for block in blocks {
            let last = first + block.shape[0]
            let part = try y.slice(first..<last, along: 1).timesColumns(of: block)
            sum = try sum.map { (sum) throws(TorchError) in try sum + part } ?? part
            first = last
        }
        guard let sum else { return y }
        let picture = try sum.reshaped(to: [y.shape[0]] + inputShape)
        return try scale == 1 ? picture : picture * scale
    }

    private static func norm(_ blocks: [Tensor], _ columns: Int) throws(TorchError) -> Double {
        var square = 0.0
        var across = 0.0
        var down = try Tensor.zeros([columns], .float64)
        for block in blocks {
            square += try block.square().sum(over: [1]).converted(to: .float64).sum().item()
            let sizes = try block.magnitude()
            across = max(across, try sizes.sum(over: [1]).largest().item())
            down = try down + sizes.sum(over: [0]).converted(to: .float64).moved(to: .cpu)
        }
        // Sums in single precision are off by their roundings.
        let tallest = try down.largest().item()
        return min(square.squareRoot(), (across * tallest).squareRoot()) * 1.00001
    }
}

extension Tensor {
    /// x Mᵀ for `[batch, columns]`; one sample by the faster product with a vector.
    fileprivate func timesRows(of matrix: Tensor) throws(TorchError) -> Tensor {
        let matrix = try matrix.matching(self)
        guard shape[0] == 1 else { return try matrixProduct(matrix.transposed()) }
        return try matrix.matrixProduct(reshaped(to: [-1])).reshaped(to: [1, -1])
    }

    /// y M for `[batch, rows]`.
    fileprivate func timesColumns(of matrix: Tensor) throws(TorchError) -> Tensor {
        let matrix = try matrix.matching(self)
        guard shape[0] == 1 else { return try matrixProduct(matrix) }
        return try matrix.transposed().matrixProduct(reshaped(to: [-1])).reshaped(to: [1, -1])
    }

    /// The matrix itself in single precision, where it is; a copy only in double.
    private func matching(_ x: Tensor) throws(TorchError) -> Tensor {
        try converted(to: x.dataType()).moved(to: x.device())
    }
}
