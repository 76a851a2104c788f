package import Tensors

/// Smooth random pictures in (0, 1), `[batch, channels, height, width]`, the same for a seed.
///
/// Waves of a few periods make neighbours alike, as in photographs.
package func randomImages(
    _ count: Int, channels: Int = 1, height: Int = 8, width: Int = 8, seed: UInt64 = 1,
    _ type: DataType = .float64
) throws -> Tensor {
    var generator = Generator(seed: seed)
    let rows = try Tensor.arange(height, .float64).reshaped(to: [1, 1, height, 1]) / Double(height)
    let columns = try Tensor.arange(width, .float64).reshaped(to: [1, 1, 1, width]) / Double(width)
    var sum = try Tensor.zeros([count, channels, height, width], .float64)
    for _ in 0..<4 {
        func draw() throws -> Tensor { try generator.normal([count, channels, 1, 1], .float64) }
        let phase = try rows * draw() * 6 + columns * draw() * 6 + draw()
        sum = try sum + phase.sin() * draw()
    }
    return try (sum * 0.5).sigmoid().converted(to: type)
}
