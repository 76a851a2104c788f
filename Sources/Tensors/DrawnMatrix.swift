import CTorch

/// A matrix of normal numbers in single precision that is never held: blocks of its rows are drawn
/// for every product.
///
/// Row by row, the entries are the numbers that the stream would give a tensor of the same shape.
package struct DrawnMatrix: Sendable {
    private let stream: Generator
    private let rows: Int
    private let columns: Int
    private let blockRows: Int

    /// A matrix of `rows` × `columns` numbers from `stream`, of which `blockRows` rows at a time
    /// are in memory.
    package init(stream: Generator, rows: Int, columns: Int, blockRows: Int) {
        precondition(rows > 0 && columns > 0 && blockRows > 0, "a matrix has rows and columns")
        self.stream = stream
        self.rows = rows
        self.columns = columns
        self.blockRows = blockRows
    }

    /// x Aᵀ, `[batch, rows]`, for x of `[batch, columns]`; differentiable.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func timesRows(_ x: Tensor) throws(TorchError) -> Tensor {
        try product("timesRows", x, isTransposed: false)
    }

    /// y A, `[batch, columns]`, for y of `[batch, rows]`; differentiable.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func timesColumns(_ y: Tensor) throws(TorchError) -> Tensor {
        try product("timesColumns", y, isTransposed: true)
    }

    private func product(
        _ operation: String, _ x: Tensor, isTransposed: Bool
    ) throws(TorchError) -> Tensor {
        try tensor(operation, [x]) {
            ct_drawn_product(
                x.pointer, stream.seed, stream.position, Int64(rows), Int64(columns),
                Int64(blockRows), isTransposed, $0)
        }
    }
}
