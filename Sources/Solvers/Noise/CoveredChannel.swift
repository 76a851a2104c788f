import Tensors

/// The channel of a square that is covered, told from how alike the channels of pictures are.
///
/// Where one channel is covered, the differences of the others are smooth; what is covered is then
/// predicted as their weighted sum plus a plane, by least squares that forget what is far off.
///
///     w = 1 / (1 + (r / s)²),  r = yₖ − Σ aⱼ yⱼ − plane,  until they fit each other
struct CoveredChannel {
    private static let rounds = 15

    /// Its number.
    let channel: Int
    /// What it has beside what the others let expect, row by row.
    let rest: [Double]

    /// Looks at `square`, `[channel, height, width]` with three channels or more.
    ///
    /// - Parameters:
    ///   - square: one cell of a measurement.
    ///   - tolerance: s, about how well a channel follows from the others.
    /// - Throws: `TorchError` when memory is short.
    init(of square: Tensor, tolerance: Double) throws(TorchError) {
        let count = square.shape[0]
        // For every channel the sum over all pairs without it.
        var without = Array(repeating: 0.0, count: count)
        for first in 0..<count {
            for second in first + 1..<count {
                let roughness = try Self.roughness(square.element(first) - square.element(second))
                for channel in 0..<count where channel != first && channel != second {
                    without[channel] += roughness
                }
            }
        }
        channel = without.indices.min { without[$0] < without[$1] } ?? 0
        rest = try Self.rest(of: channel, square, tolerance)
    }

    /// The mean square of what neighbours differ by.
    private static func roughness(_ plane: Tensor) throws(TorchError) -> Double {
        let (height, width) = (plane.shape[0], plane.shape[1])
        let down = try plane.slice(1..<height, along: 0) - plane.slice(0..<height - 1, along: 0)
        let right = try plane.slice(1..<width, along: 1) - plane.slice(0..<width - 1, along: 1)
        return try (down.square().mean() + right.square().mean()).item()
    }

    private static func rest(
        of channel: Int, _ square: Tensor, _ tolerance: Double
    ) throws(TorchError) -> [Double] {
        let values = try square.converted(to: .float64)
        let target = try values.element(channel).reshaped(to: [-1, 1])
        let columns = try self.columns(beside: channel, values)
        let transposed = try columns.permuted([1, 0])
        let width = columns.shape[1]
        // Enough that two equal channels share what they explain.
        let ridge = try Tensor(
            (0..<width * width).map { $0 % (width + 1) == 0 ? 1e-4 : 0 }, shape: [width, width]
        ).moved(to: square.device())
        var weights = try target.filled(with: 1)
        var rest = target
        for _ in 0..<rounds {
            let weighted = try columns * weights
            let factors = try (transposed.matrixProduct(weighted) + ridge)
                .solve(weighted.permuted([1, 0]).matrixProduct(target))
            rest = try target - columns.matrixProduct(factors)
            weights = try ((rest / tolerance).square() + 1).reciprocal()
        }
        return try rest.doubles()
    }

    /// The other channels, 1, and how far down and right a pixel is: `[pixel, column]`.
    private static func columns(
        beside channel: Int, _ values: Tensor
    ) throws(TorchError) -> Tensor {
        let (height, width) = (values.shape[1], values.shape[2])
        func plane(_ value: (Int) -> Double) throws(TorchError) -> Tensor {
            try Tensor((0..<height * width).map(value), shape: [height * width])
                .moved(to: values.device())
        }
        var columns: [Tensor] = []
        for other in 0..<values.shape[0] where other != channel {
            columns.append(try values.element(other).reshaped(to: [-1]))
        }
        columns.append(try plane { _ in 1 })
        columns.append(try plane { 2 * Double($0 / width) / Double(height) - 1 })
        columns.append(try plane { 2 * Double($0 % width) / Double(width) - 1 })
        return try Tensor.stacked(columns).permuted([1, 0])
    }
}
