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
            let matrix = try pictures.array(file) { (place) throws(ArrayError) in
                try NPYMatrix(reading: place)
            }
            let columns = shape.reduce(1, *)
            guard matrix.columns == columns else {
                throw JobFault(
                    .mismatch(
                        "the matrix \(file) has \(matrix.columns) columns, but what it measures has "
                            + Self.count(shape), remedy: "give one column for each"), at: path)
            }
            return try MatrixRoom(rows: matrix.rows, columns: columns, on: device).make(
                in: path.text
            ) {
                guard let values = try values(of: matrix, file, path) else {
                    return MatrixOutline.matrix(rows: matrix.rows, inputShape: shape)
                }
                return try MatrixProduct(Self.blocks(of: values), inputShape: shape)
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

    /// The values, which are read a few megabytes at a time; nil of an outline, which keeps none.
    private func values(
        of matrix: NPYMatrix, _ file: String, _ path: SettingPath
    ) throws -> Tensor? {
        let values = isOutline ? nil : try Tensor.zeros([matrix.rows, matrix.columns], on: device)
        for part in matrix.parts {
            let found = try matrix.values(of: part)
            guard found.nonFiniteCount == 0 else {
                throw JobFault(
                    .mismatch("the matrix \(file) has infinite values or NaN", remedy: "repair it"),
                    at: path)
            }
            // Nobody has the tensor yet, so it may be changed.
            try values?.slice(part.rows, along: 0).slice(part.columns, along: 1)
                .overwrite(with: Tensor(found).moved(to: device))
        }
        return values
    }

    /// Rows of `matrix`, a few megabytes at a time, in the same memory.
    private static func blocks(of matrix: Tensor) throws(TorchError) -> [Tensor] {
        let (rows, columns) = (matrix.shape[0], matrix.shape[1])
        let size = max(1, min(rows, (16 << 20) / (4 * columns)))
        var blocks: [Tensor] = []
        for first in stride(from: 0, to: rows, by: size) {
            blocks.append(try matrix.slice(first..<min(first + size, rows), along: 0))
        }
        return blocks
    }
}
