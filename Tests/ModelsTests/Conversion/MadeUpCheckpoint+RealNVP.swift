import Arrays
import Tensors

extension MadeUpCheckpoint {
    /// chrischute's, with names before `flows.` and those of older or newer weight normalisation.
    static func realNVP(
        scales: Int = 2, blocks: Int = 1, width: Int = 4, channels: Int = 3, prefix: String = "",
        isNewer: Bool = false
    ) throws -> MadeUpCheckpoint {
        var file = MadeUpCheckpoint()
        file.tensors["\(prefix)data_constraint"] = HostArray([0.8] as [Float], shape: [1])
        for scale in 0..<scales {
            let name = "\(prefix)flows" + String(repeating: ".next_block", count: scale)
            let isLast = scale == scales - 1
            for index in 0..<(isLast ? 4 : 3) {
                try file.addCoupling(
                    "\(name).in_couplings.\(index)", channels << scale, width << scale, blocks,
                    isNewer)
            }
            for index in 0..<(isLast ? 0 : 3) {
                try file.addCoupling(
                    "\(name).out_couplings.\(index)", channels << (scale + 1),
                    width << (scale + 1), blocks, isNewer)
            }
        }
        return file
    }

    private mutating func addCoupling(
        _ name: String, _ channels: Int, _ width: Int, _ blocks: Int, _ isNewer: Bool
    ) throws {
        let net = "\(name).st_net"
        try addNorm("\(net).in_norm", channels)
        try addNorm("\(net).out_norm", width)
        try addNormalized("\(net).in_conv.conv", [width, 2 * channels, 3, 3], isNewer)
        try addNormalized("\(net).in_skip.conv", [width, width, 1, 1], isNewer)
        try addNormalized("\(net).out_conv.conv", [2 * channels, width, 1, 1], isNewer)
        for index in 0..<blocks {
            let block = "\(net).blocks.\(index)"
            try addNorm("\(block).in_norm", width)
            try addNorm("\(block).out_norm", width)
            try addNormalized("\(block).in_conv.conv", [width, width, 3, 3], isNewer)
            tensors["\(block).in_conv.conv.bias"] = nil
            try addNormalized("\(block).out_conv.conv", [width, width, 3, 3], isNewer)
            try addNormalized("\(net).skips.\(index).conv", [width, width, 1, 1], isNewer)
        }
        let names = Self.names("\(name).rescale", isNewer)
        try add(names.magnitude, [channels, 1, 1])
        try add(names.direction, [channels, 1, 1])
    }

    private mutating func addNorm(_ name: String, _ channels: Int) throws {
        for part in ["weight", "bias", "running_mean"] { try add("\(name).\(part)", [channels]) }
        tensors["\(name).running_var"] = try Tensor.ones([channels]).hostArray()
        tensors["\(name).num_batches_tracked"] = HostArray([7] as [Int64], shape: [])
    }

    private mutating func addNormalized(
        _ name: String, _ shape: [Int], _ isNewer: Bool
    ) throws {
        let names = Self.names(name, isNewer)
        try add(names.magnitude, [shape[0], 1, 1, 1])
        try add(names.direction, shape)
        try add("\(name).bias", [shape[0]])
    }

    private static func names(
        _ name: String, _ isNewer: Bool
    ) -> (magnitude: String, direction: String) {
        let newer = "\(name).parametrizations.weight.original"
        return isNewer ? ("\(newer)0", "\(newer)1") : ("\(name).weight_g", "\(name).weight_v")
    }
}
