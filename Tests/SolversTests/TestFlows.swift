import Arrays
import Foundation
import Models
import Tensors

/// Small flows with known or random weights, in double precision.
enum TestFlows {
    /// The prior N(mean, deviation²) of every pixel, channel by channel.
    static func gaussian(
        means: [Double], deviations: [Double], height: Int, width: Int, _ type: DataType = .float64
    ) throws -> Flow {
        // The flow subtracts 0.5 before it adds the shift.
        let shifts = means.map { Float(0.5 - $0) }
        let logScales = deviations.map { Float(-log($0)) }
        let store = ParameterStore(
            stored: [
                "norm.shift": HostArray(shifts, shape: [1, shifts.count, 1, 1]),
                "norm.log_scale": HostArray(logScales, shape: [1, shifts.count, 1, 1]),
            ], source: "test", on: .cpu, type)
        let norm = try ActNorm(channels: means.count, in: store.root / "norm")
        let shape = [means.count, height, width]
        return Flow(
            imageShape: shape, support: .everywhere, levels: [Level([norm], exit: .all)],
            latents: [shape])
    }

    /// Four gray pixels, 2 × 2, whose differences have the deviation 0.02 and whose sum has 1.
    static func alike() throws -> Flow {
        // Orthonormal, but for the sharpness of every row: mean, columns, rows, diagonal.
        let signs: [[Float]] = [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]
        let sharpness: [Float] = [1, 50, 50, 50]
        let matrix = zip(signs, sharpness).flatMap { row, factor in row.map { $0 * factor / 2 } }
        let store = ParameterStore(
            stored: ["mix.matrix": HostArray(matrix, shape: [4, 4])], source: "test", on: .cpu,
            .float64)
        let parts: [any Bijection] = [
            Squeeze(.byChannel), try ChannelMixing(channels: 4, in: store.root / "mix"),
        ]
        return Flow(
            imageShape: [1, 2, 2], support: .everywhere, levels: [Level(parts, exit: .all)],
            latents: [[4, 1, 1]])
    }

    /// A Glow whose couplings do something.
    static func glow(
        channels: Int = 1, size: Int = 8, seed: UInt64 = 5, _ type: DataType = .float64
    ) throws -> Flow {
        let settings = GlowSettings(levels: 2, steps: 2, lastSteps: 2, hidden: 6)
        return try stirred(.glow(settings), [channels, size, size], seed: seed, type)
    }

    /// A RealNVP whose couplings do something.
    static func realNVP(
        channels: Int = 1, size: Int = 8, seed: UInt64 = 5, _ type: DataType = .float64
    ) throws -> Flow {
        let settings = RealNVPSettings(scales: 2, blocks: 1, width: 4)
        return try stirred(.realNVP(settings), [channels, size, size], seed: seed, type)
    }

    /// A flow with noise added to the weights that it begins with.
    private static func stirred(
        _ architecture: Architecture, _ shape: [Int], seed: UInt64, _ type: DataType
    ) throws -> Flow {
        let fresh = ParameterStore(random: Generator(seed: seed))
        _ = try architecture.flow(imageShape: shape, in: fresh.root)
        var generator = Generator(seed: seed + 1)
        var stored: [String: HostArray] = [:]
        for name in fresh.names {
            guard let tensor = fresh.tensors[name] else { continue }
            stored[name] = try (tensor.detached() + generator.normal(tensor.shape) * 0.1)
                .hostArray()
        }
        let store = ParameterStore(stored: stored, source: "test", on: .cpu, type)
        return try architecture.flow(imageShape: shape, in: store.root)
    }
}
