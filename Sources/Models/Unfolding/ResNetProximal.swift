package import Tensors

/// A small residual network as a proximal map.
///
///     h = x + norm(second(relu(norm(first(x)))))  per block;  third(relu(second(relu(first(h)))))
///
/// The convolutions of a block are 3×3 with `width` maps between them, the last three 1×1. Five
/// folds of width 128 with two blocks have 0.16 million parameters, the number that Wei et al. give.
///
/// Mardani et al. 2018, section 4. <https://arxiv.org/abs/1806.03963>
package struct ResNetProximal: ProximalMap {
    private struct Block: Sendable {
        let first: Convolution
        let firstNorm: BatchNorm
        let second: Convolution
        let secondNorm: BatchNorm
    }

    private let blocks: [Block]
    private let ends: [Convolution]
    package let parameterCount: Int

    /// A network for pictures of `channels`, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    init(
        _ settings: ResNetSettings, channels: Int, in scope: ParameterScope
    ) throws(TorchError) {
        let width = settings.width
        func convolution(
            _ inputs: Int, _ outputs: Int, size: Int, _ name: String, in scope: ParameterScope
        ) throws(TorchError) -> Convolution {
            try Convolution(
                inputs, outputs, size: size, .fanIn(inputs * size * size), in: scope / name)
        }
        var blocks: [Block] = []
        for index in 0..<settings.blocks {
            let place = scope / "blocks" / index
            blocks.append(
                Block(
                    first: try convolution(channels, width, size: 3, "first", in: place),
                    firstNorm: try BatchNorm(channels: width, in: place / "first_norm"),
                    second: try convolution(width, channels, size: 3, "second", in: place),
                    secondNorm: try BatchNorm(channels: channels, in: place / "second_norm")))
        }
        self.blocks = blocks
        ends = [
            try convolution(channels, width, size: 1, "0", in: scope / "ends"),
            try convolution(width, width, size: 1, "1", in: scope / "ends"),
            try convolution(width, channels, size: 1, "2", in: scope / "ends"),
        ]
        parameterCount = scope.parameterCount
    }

    package func output(for x: Tensor, _ mode: ProximalMode) throws(TorchError) -> Tensor {
        var h = try (x - 0.5).channelsLast()
        for block in blocks {
            let inner = try block.firstNorm(block.first(h), mode).relu()
            h = try h + block.secondNorm(block.second(inner), mode)
        }
        for (index, end) in ends.enumerated() { h = try end(index == 0 ? h : h.relu()) }
        return try h + 0.5
    }

    package func frozen() throws(TorchError) -> any ProximalMap { self }
}
