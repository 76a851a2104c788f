import Tensors

/// The speed of this machine at what it does best: products of large matrices.
enum MatrixRate {
    /// GFLOP/s of products of random square matrices of `rows` rows, the median of `repeats`.
    ///
    /// - Throws: `TorchError` when memory is short.
    static func measured(rows: Int, repeats: Int = 5) throws -> Double {
        var generator = RandomStreams(seed: 0)["matrices"]
        let a = try generator.normal([rows, rows])
        let b = try generator.normal([rows, rows])
        let clock = ContinuousClock()
        var times: [Double] = []
        for _ in 0...repeats {
            times.append(try clock.measure { _ = try a.matrixProduct(b) } / .seconds(1))
        }
        let median = times.dropFirst().sorted()[repeats / 2]
        return 2 * Double(rows * rows * rows) / median / 1e9
    }
}
