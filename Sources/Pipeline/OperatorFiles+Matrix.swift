import Arrays
import Jobs
import Physics
import Tensors

/// Matrices, which may be as large as memory.
extension OperatorFiles {
    /// The matrix in the NPY file `file`, which `path` names, for pictures of `shape`.
    ///
    /// - Throws: `JobFault` when it does not fit the pictures or memory, and `TorchError`.
    func matrix(
        _ file: String, for shape: [Int], at path: SettingPath
    ) throws -> any ForwardOperator {
        let remedy = "give an NPY file [rows, columns] of real numbers, in float32 for instance"
        return try JobFault.at(path, remedy: remedy) {
            let rows = try pictures.array(file) { (place) throws(ArrayError) in
                try NPYRows(reading: place)
            }
            let columns = shape.reduce(1, *)
            guard rows.columns == columns else {
                throw JobFault(
                    .mismatch(
                        "the matrix \(file) has \(rows.columns) columns, but what it measures has "
                            + Self.count(shape), remedy: "give one column for each"), at: path)
            }
            return try MatrixRoom(rows: rows.rows, columns: columns, on: device).make(
                in: path.text
            ) {
                let blocks = try blocks(of: rows, file, path)
                return isOutline
                    ? MatrixOutline.matrix(rows: rows.rows, inputShape: shape)
                    : try MatrixProduct(blocks, inputShape: shape)
            }
        }
    }

    /// The random matrix that `matrix`, which stands at `path`, describes.
    ///
    /// Held where memory has room for it, and else drawn again for every product.
    ///
    /// - Throws: `JobFault` when not even a row fits into memory, and `TorchError`.
    func randomMatrix(
        _ matrix: RandomMatrixSpec, for shape: [Int], at path: SettingPath
    ) throws -> any ForwardOperator {
        let room = MatrixRoom(
            rows: matrix.measurements, columns: shape.reduce(1, *), on: device)
        return try JobFault.at(path["measurements"], remedy: "write a smaller number") {
            try room.makeInBlocks(in: path.text) { limit -> any ForwardOperator in
                guard !isOutline else {
                    return MatrixOutline.matrix(rows: matrix.measurements, inputShape: shape)
                }
                return try RandomMatrix(
                    measurements: matrix.measurements, inputShape: shape,
                    scaling: matrix.scaling == .unit ? .unit : .normalized,
                    from: RandomStreams(seed: matrix.seed)["random-matrix"], memoryLimit: limit,
                    on: device)
            }
        }
    }

    /// The values of a shape, in words.
    private static func count(_ shape: [Int]) -> String {
        let count = shape.reduce(1, *)
        guard shape.count > 1 else { return "\(count) values" }
        return "\(shape.map(String.init).joined(separator: " × ")) = \(count) values"
    }

    /// The rows, a few megabytes at a time; none are kept of an outline.
    private func blocks(
        of rows: NPYRows, _ file: String, _ path: SettingPath
    ) throws -> [Tensor] {
        var blocks: [Tensor] = []
        for first in stride(from: 0, to: rows.rows, by: rows.rowsPerBlock) {
            let block = try rows.block(first..<min(first + rows.rowsPerBlock, rows.rows))
            guard block.nonFiniteCount == 0 else {
                throw JobFault(
                    .mismatch("the matrix \(file) has infinite values or NaN", remedy: "repair it"),
                    at: path)
            }
            if !isOutline { blocks.append(try Tensor(block).moved(to: device)) }
        }
        return blocks
    }
}
