import Arrays
import Tensors

/// Tensors with the names and shapes of another program's file, and random numbers.
struct MadeUpCheckpoint {
    var tensors: [String: HostArray] = [:]
    private var generator = Generator(seed: 12)

    mutating func add(_ name: String, _ shape: [Int]) throws {
        tensors[name] = try (generator.normal(shape) * 0.1).hostArray()
    }

    /// GlowIP's: levels of `steps` steps and a last one of one step.
    static func glowIP(
        levels: Int = 2, steps: Int = 2, hidden: Int = 6, channels: Int = 3,
        isAffine: Bool = true
    ) throws -> MadeUpCheckpoint {
        var file = MadeUpCheckpoint()
        var (width, module) = (channels * 4, 1)
        for level in 0..<levels {
            let count = level == levels - 1 ? 1 : steps
            for step in 0..<count {
                try file.addStep("glow_modules.\(module + step)", width, hidden, isAffine)
            }
            (width, module) = (width * 2, module + count + 2)
        }
        return file
    }

    private mutating func addStep(
        _ name: String, _ channels: Int, _ hidden: Int, _ isAffine: Bool
    ) throws {
        let outputs = isAffine ? channels : channels / 2
        for (norm, count) in [
            ("actnorm", channels), ("coupling.net.actnorm1", hidden),
            ("coupling.net.actnorm2", hidden),
        ] {
            try add("\(name).\(norm).b", [1, count, 1, 1])
            try add("\(name).\(norm).logs", [1, count, 1, 1])
        }
        tensors["\(name).invconv.W"] = try Tensor.identity(channels)
            .reshaped(to: [channels, channels, 1, 1]).hostArray()
        try addConvolution("\(name).coupling.net.conv1", [hidden, channels / 2, 3, 3])
        try addConvolution("\(name).coupling.net.conv2", [hidden, hidden, 1, 1])
        try addConvolution("\(name).coupling.net.conv3", [outputs, hidden, 3, 3])
        try add("\(name).coupling.net.logs", [outputs, 1, 1])
    }

    mutating func addConvolution(_ name: String, _ shape: [Int]) throws {
        try add("\(name).weight", shape)
        try add("\(name).bias", [shape[0]])
    }
}
