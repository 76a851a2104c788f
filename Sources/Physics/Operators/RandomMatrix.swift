import Glibc
package import Tensors

/// Times a matrix of independent normal entries: f(x) = s A x, A ~ N(0, 1), s = 1 or m^(−½).
///
/// The entries are the numbers of a random stream, row by row, in single precision. Up to a limit of
/// memory they are held; above it blocks of rows are drawn again for every product. Both are the
/// same matrix. Costs O(m n) for m measurements of n values, and 4 m n bytes when held: 246 MB for
/// 5000 measurements of 64 × 64 × 3. Drawing again takes some ten times as long as reading.
///
/// The norm is bounded by √m + √n + 6, which a random matrix exceeds with a probability of 2 · 10⁻⁸.
///
/// Whang, Lei, Dimakis 2021, section 5.2, who do not say which variance the entries have.
package struct RandomMatrix: LinearOperator {
    package enum Scaling: Sendable, CaseIterable {
        /// Entries of variance 1.
        case unit
        /// Entries of variance 1/m.
        case normalized
    }

    private enum Storage: Sendable {
        case held(MatrixProduct)
        case drawn(DrawnMatrix)
    }

    private let storage: Storage
    private let inputShape: [Int]
    private let rows: Int
    private var scale: Double
    package private(set) var normBound: Double

    /// The most bytes of a matrix that is held, however much memory is free.
    package static let largestHeld = 1 << 30

    /// Whether its entries are in memory.
    package var isHeld: Bool {
        if case .held = storage { true } else { false }
    }

    /// The norm of a column, on average, with the sign of what it was multiplied by: s √m.
    package var columnNorm: Double { scale * Double(rows).squareRoot() }

    /// A matrix of `measurements` rows for pictures of `inputShape`.
    ///
    /// - Parameters:
    ///   - measurements: the number of rows.
    ///   - inputShape: `[channels, height, width]`.
    ///   - scaling: the variance of the entries.
    ///   - stream: where the entries are drawn from.
    ///   - memoryLimit: the most bytes that the matrix may take; a larger one is drawn again.
    ///   - device: where pictures will be.
    /// - Throws: `TorchError` when memory is short.
    package init(
        measurements: Int, inputShape: [Int], scaling: Scaling = .unit, from stream: Generator,
        memoryLimit: Int = Self.largestHeld, on device: Device = .cpu
    ) throws(TorchError) {
        let columns = inputShape.reduce(1, *)
        self.inputShape = inputShape
        rows = measurements
        scale = scaling == .unit ? 1 : 1 / Double(measurements).squareRoot()
        normBound = scale * (Double(measurements).squareRoot() + Double(columns).squareRoot() + 6)
        if 4 * measurements * columns <= memoryLimit {
            var stream = stream
            let matrix = try stream.normal([measurements, columns], .float32, on: device)
            storage = .held(
                try MatrixProduct([matrix], inputShape: inputShape, normBound: normBound))
        } else {
            // A sixteenth of the limit: there is room for one while another is read.
            let block = max(1, memoryLimit / 16 / (4 * columns))
            storage = .drawn(
                DrawnMatrix(
                    stream: stream, rows: measurements, columns: columns, blockRows: block))
        }
    }

    /// The same matrix, which is not copied, times `factor`.
    func scaled(by factor: Double) -> RandomMatrix {
        var scaled = self
        scaled.scale *= factor
        scaled.normBound *= abs(factor)
        return scaled
    }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        guard inputShape == self.inputShape else {
            throw PhysicsError(
                .shape(inputShape, expected: "\(self.inputShape)"), in: "random matrix")
        }
        return [rows]
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        let product =
            switch storage {
            case .held(let matrix): try matrix.apply(x)
            case .drawn(let matrix): try matrix.timesRows(x.reshaped(to: [x.shape[0], -1]))
            }
        return try scale == 1 ? product : product * scale
    }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
        let picture =
            switch storage {
            case .held(let matrix): try matrix.adjoint(y)
            case .drawn(let matrix):
                try matrix.timesColumns(y).reshaped(to: [y.shape[0]] + inputShape)
            }
        return try scale == 1 ? picture : picture * scale
    }
}
