import Glibc
package import Tensors

/// A matrix that acts along one axis of pictures, with its pseudo-inverse where that is wanted.
package struct AxisMatrix: Sendable {
    let coefficients: Coefficients
    let inverse: Coefficients?
    package let rows: Int
    package let columns: Int

    /// The matrix with these rows, each as long as the axis.
    ///
    /// - Parameters:
    ///   - values: row by row.
    ///   - rows: their number, at most that of the columns when the inverse is wanted.
    ///   - isInvertible: whether the rows are independent, so that A⁺ = Aᵀ (A Aᵀ)⁻¹.
    ///   - device: where pictures will be.
    /// - Throws: `TorchError` when memory is short or the rows are not independent.
    package init(
        _ values: [Double], rows: Int, isInvertible: Bool = false, on device: Device = .cpu
    ) throws(TorchError) {
        precondition(rows > 0 && values.count.isMultiple(of: rows), "rows of one length")
        self.rows = rows
        columns = values.count / rows
        let matrix = try Tensor(values, shape: [rows, columns])
        coefficients = try Coefficients(matrix, on: device)
        guard isInvertible else {
            inverse = nil
            return
        }
        let gram = try matrix.matrixProduct(matrix.transposed())
        let inverse = try gram.solve(matrix).transposed().contiguous()  // [columns, rows]
        self.inverse = try Coefficients(inverse, on: device)
    }

    /// √(‖A‖₁ ‖A‖∞), which is never below the largest singular value.
    var normBound: Double {
        get throws(TorchError) {
            let sizes = try coefficients.exact.magnitude()
            let down = try sizes.sum(over: [0]).largest().item()
            let across = try sizes.sum(over: [1]).largest().item()
            return (down * across).squareRoot()
        }
    }
}
