import Glibc

/// A separable transform of 8 × 8 blocks, C = T X Tᵀ, and its inverse.
struct BlockTransform: Sendable {
    /// T by its elements, row after row, and by its columns.
    private let forward: Matrix
    private let backward: Matrix

    private struct Matrix: Sendable {
        let elements: [Float]
        let columns: [Block.Row]

        init(_ rows: [[Double]]) {
            elements = rows.flatMap { $0.map(Float.init) }
            columns = (0..<Block.side).map { column in
                var vector = Block.Row.zero
                for row in 0..<Block.side { vector[row] = Float(rows[row][column]) }
                return vector
            }
        }
    }

    private init(_ rows: [[Double]], inverse: [[Double]]) {
        forward = Matrix(rows)
        backward = Matrix(inverse)
    }

    /// Replaces a block by its coefficients.
    @inline(__always) func apply(_ block: Block.Rows) { Self.multiply(block, forward) }

    /// Replaces coefficients by their block.
    @inline(__always) func invert(_ block: Block.Rows) { Self.multiply(block, backward) }

    /// X becomes M X Mᵀ.
    @inline(__always) private static func multiply(_ block: Block.Rows, _ matrix: Matrix) {
        matrix.elements.withUnsafeBufferPointer { elements in
            matrix.columns.withUnsafeBufferPointer { columns in
                withUnsafeTemporaryAllocation(of: Block.Row.self, capacity: 8) { half in
                    for row in 0..<8 {
                        var sum = Block.Row.zero
                        for inner in 0..<8 { sum += elements[8 * row + inner] * block[inner] }
                        half[row] = sum
                    }
                    let numbers = UnsafeRawBufferPointer(half).bindMemory(to: Float.self)
                    for row in 0..<8 {
                        var sum = Block.Row.zero
                        for inner in 0..<8 { sum += numbers[8 * row + inner] * columns[inner] }
                        block[row] = sum
                    }
                }
            }
        }
    }
}

extension BlockTransform {
    /// The orthonormal cosine transform.
    static let cosine: BlockTransform = {
        let rows = (0..<8).map { k in
            let height = (k == 0 ? 1 / 8.0 : 2 / 8.0).squareRoot()
            return (0..<8).map { height * cos(.pi * (Double($0) + 0.5) * Double(k) / 8) }
        }
        return BlockTransform(rows, inverse: transposed(rows))
    }()

    /// The biorthogonal wavelet 1.5 with periodic borders, every coefficient with the variance of
    /// white noise.
    static let wavelet: BlockTransform = {
        let columns = (0..<8).map { unit in
            decomposed((0..<8).map { $0 == unit ? 1 : 0 })
        }
        var rows = transposed(columns)
        for row in 0..<8 {
            let size = rows[row].map { $0 * $0 }.reduce(0, +).squareRoot()
            rows[row] = rows[row].map { $0 / size }
        }
        return BlockTransform(rows, inverse: inverse(of: rows))
    }()

    /// The low-pass filter; the high-pass filter takes half differences of neighbours.
    private static let taps = [3.0, -3, -22, 22, 128, 128, 22, -22, -3, 3].map {
        $0 / 128 / 2.0.squareRoot()
    }

    /// All levels: means first, then details from coarse to fine.
    private static func decomposed(_ values: [Double]) -> [Double] {
        let count = values.count
        guard count > 1 else { return values }
        let means = (0..<count / 2).map { place in
            var sum = 0.0
            for (tap, weight) in taps.enumerated() {
                // The two largest taps lie on the pair itself.
                let index = 2 * place + tap - 4 + 4 * count
                sum += weight * values[index % count]
            }
            return sum
        }
        let details = (0..<count / 2).map { place -> Double in
            (values[2 * place] - values[2 * place + 1]) / 2.0.squareRoot()
        }
        return decomposed(means) + details
    }

    private static func transposed(_ rows: [[Double]]) -> [[Double]] {
        rows.indices.map { column in rows.map { $0[column] } }
    }

    /// By Gauss and Jordan, with pivots.
    private static func inverse(of rows: [[Double]]) -> [[Double]] {
        let count = rows.count
        var left = rows
        var right = rows.indices.map { row in rows.indices.map { $0 == row ? 1.0 : 0 } }
        for column in 0..<count {
            let pivot = (column..<count).max { abs(left[$0][column]) < abs(left[$1][column]) }
            left.swapAt(column, pivot ?? column)
            right.swapAt(column, pivot ?? column)
            let factor = left[column][column]
            left[column] = left[column].map { $0 / factor }
            right[column] = right[column].map { $0 / factor }
            for row in 0..<count where row != column {
                let share = left[row][column]
                for place in 0..<count {
                    left[row][place] -= share * left[column][place]
                    right[row][place] -= share * right[column][place]
                }
            }
        }
        return right
    }
}
