import Arrays
import Models
import TensorSupport
import Tensors
import Testing

/// Whole flows against other programs: weights, pictures and results are theirs.
@Suite(.timeLimit(.minutes(20))) struct FlowGoldenTests {
    private func flow(
        _ architecture: Architecture, _ imageShape: [Int], _ weights: [String: HostArray]
    ) throws -> Flow {
        let store = ParameterStore(stored: weights, source: "golden", .float64)
        let flow = try architecture.flow(imageShape: imageShape, in: store.root)
        try store.finish()
        return flow
    }

    private func realNVP(_ golden: GoldenTensors) throws -> Flow {
        let settings = RealNVPSettings(scales: 2, blocks: 1, width: 4)
        return try flow(.realNVP(settings), [3, 8, 8], golden.arrays(under: "weights/"))
    }

    @Test func `RealNVP agrees with the paper written down in PyTorch`() throws {
        let golden = try GoldenTensors("models/realnvp.npz")
        for flow in try [realNVP(golden), realNVP(golden).frozenFlow()] {
            let mapped = try flow.encode(golden["x"])
            try expectClose(mapped.value, golden["z"], tolerance: .reference)
            try expectClose(
                mapped.logDeterminant, golden["log_determinant"], tolerance: .reference)
            let back = try flow.decode(golden["z"])
            try expectClose(back.value, golden["x"], tolerance: .reference)
            try expectClose(
                back.logDeterminant, -golden["log_determinant"], tolerance: .reference)
        }
    }

    /// GlowIP's names for a step, and ours.
    private static let stepNames = [
        "actnorm.b": "actnorm.shift", "actnorm.logs": "actnorm.log_scale",
        "invconv.W": "mixing.matrix", "coupling.net.logs": "coupling.network.log_scale",
        "coupling.net.conv1.weight": "coupling.network.conv1.weight",
        "coupling.net.conv1.bias": "coupling.network.conv1.bias",
        "coupling.net.conv2.weight": "coupling.network.conv2.weight",
        "coupling.net.conv2.bias": "coupling.network.conv2.bias",
        "coupling.net.conv3.weight": "coupling.network.conv3.weight",
        "coupling.net.conv3.bias": "coupling.network.conv3.bias",
        "coupling.net.actnorm1.b": "coupling.network.actnorm1.shift",
        "coupling.net.actnorm1.logs": "coupling.network.actnorm1.log_scale",
        "coupling.net.actnorm2.b": "coupling.network.actnorm2.shift",
        "coupling.net.actnorm2.logs": "coupling.network.actnorm2.log_scale",
    ]

    /// GlowIP's weights under our names; it takes scales from even and shifts from odd channels.
    private func glowWeights(_ golden: GoldenTensors) throws -> [String: HostArray] {
        let places = ["1": "levels.0.steps.0", "2": "levels.0.steps.1", "5": "levels.1.steps.0"]
        var weights: [String: HostArray] = [:]
        for (module, place) in places {
            let arrays = golden.arrays(under: "weights/glow_modules.\(module).")
            for (name, array) in arrays {
                var tensor = try Tensor(array)
                if name == "invconv.W" {
                    tensor = try tensor.element(0, along: 3).element(0, along: 2)
                }
                if name == "coupling.net.logs" || name.hasPrefix("coupling.net.conv3") {
                    tensor = try .concatenated(
                        [tensor.every(2, from: 0, along: 0), tensor.every(2, from: 1, along: 0)],
                        along: 0)
                }
                weights["\(place).\(try #require(Self.stepNames[name]))"] = try tensor.hostArray()
            }
        }
        return weights
    }

    @Test func `Glow agrees with GlowIP`() throws {
        let golden = try GoldenTensors("models/glow.npz")
        let settings = GlowSettings(levels: 2, steps: 2, lastSteps: 1, hidden: 12, scale: .sigmoid)
        let flow = try flow(.glow(settings), [3, 16, 16], glowWeights(golden))
        let x = try golden["x"].converted(to: .float64) + 0.5
        let sample = try golden["z_sample"].converted(to: .float64)
        let tolerance = Tolerance(absolute: 1e-9, relative: 1e-9)
        for flow in try [flow, flow.frozenFlow()] {
            let mapped = try flow.encode(x)
            try expectClose(mapped.value, golden["z_float64"], tolerance: tolerance)
            try expectClose(mapped.logDeterminant, golden["logdet_float64"], tolerance: tolerance)
            // The reference ran in single precision.
            let decoded = try flow.decode(sample).value - 0.5
            try expectClose(
                decoded, golden["x_of_z_sample"].converted(to: .float64),
                tolerance: Tolerance(absolute: 1e-5))
            let bits = try flow.logLikelihood(x).doubles().map {
                flow.bitsPerDimension($0, bits: 8)
            }
            try expectClose(
                bits, golden["nll_bits_per_dim"].doubles(), tolerance: Tolerance(absolute: 1e-5))
        }
    }

    @Test func `gradients through the decoder agree with GlowIP`() throws {
        let golden = try GoldenTensors("models/glow.npz")
        let settings = GlowSettings(levels: 2, steps: 2, lastSteps: 1, hidden: 12, scale: .sigmoid)
        let flow = try flow(.glow(settings), [3, 16, 16], glowWeights(golden)).frozenFlow()
        let x = try golden["x"].converted(to: .float64) + 0.5
        let z = try golden["z_sample"].converted(to: .float64).leaf()
        let loss = try (flow.decode(z).value - x).square().sum() * 0.5
        try expectClose(
            loss.item(), golden["loss_half_sq_x_of_z_sample_minus_x"].item(),
            tolerance: Tolerance(relative: 1e-5))
        try expectClose(
            loss.gradients(of: [z])[0],
            golden["grad_z_of_that_loss"].converted(to: .float64),
            tolerance: Tolerance(relative: 1e-4))
    }
}
