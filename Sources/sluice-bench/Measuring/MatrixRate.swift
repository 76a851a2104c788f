import Tensors

/// The speed of this machine at what it does best: products of large matrices.
enum MatrixRate {
    /// GFLOP/s of products of random matrices of `size` rows, the median of `repeats`.
    ///
    /// - Throws: `TorchError` when memory is short.
    static func measured(size: Int = 2048, repeats: Int = 5) throws -> Double {
        var generator = RandomStreams(seed: 0)["matrices"]
        let a = try generator.normal([size, size])
        let b = try generator.normal([size, size])
        let clock = ContinuousClock()
        var times: [Double] = []
        for _ in 0...repeats {
            times.append(try clock.measure { _ = try a.matrixProduct(b) } / .seconds(1))
        }
        let median = times.dropFirst().sorted()[repeats / 2]
        return 2 * Double(size * size * size) / median / 1e9
    }
}
