import Arrays
import Tensors

extension MadeUpCheckpoint {
    /// glow-pytorch's, of pictures with three channels.
    static func glowPyTorch(
        levels: Int = 2, steps: Int = 2, hidden: Int = 6, isAffine: Bool = true,
        plainLevels: Set<Int> = [0]
    ) throws -> MadeUpCheckpoint {
        var file = MadeUpCheckpoint()
        var channels = 12
        for level in 0..<levels {
            let outputs = isAffine ? channels : channels / 2
            for step in 0..<steps {
                let name = "module.blocks.\(level).flows.\(step)"
                try file.add("\(name).actnorm.loc", [1, channels, 1, 1])
                try file.add("\(name).actnorm.scale", [1, channels, 1, 1])
                file.tensors["\(name).actnorm.initialized"] = HostArray([1] as [UInt8], shape: [])
                if plainLevels.contains(level) {
                    try file.add("\(name).invconv.weight", [channels, channels, 1, 1])
                } else {
                    for part in ["w_p", "w_l", "w_u", "u_mask", "l_mask", "l_eye"] {
                        try file.add("\(name).invconv.\(part)", [channels, channels])
                    }
                    try file.add("\(name).invconv.s_sign", [channels])
                    try file.add("\(name).invconv.w_s", [channels])
                }
                let net = "\(name).coupling.net"
                try file.addConvolution("\(net).0", [hidden, channels / 2, 3, 3])
                try file.addConvolution("\(net).2", [hidden, hidden, 1, 1])
                try file.addConvolution("\(net).4.conv", [outputs, hidden, 3, 3])
                try file.add("\(net).4.scale", [1, outputs, 1, 1])
            }
            let seen = level == levels - 1 ? channels : channels / 2
            try file.addConvolution("module.blocks.\(level).prior.conv", [2 * seen, seen, 3, 3])
            try file.add("module.blocks.\(level).prior.scale", [1, 2 * seen, 1, 1])
            channels *= 2
        }
        return file
    }

    /// normflows', of gray pictures of `side` pixels.
    static func normflows(
        levels: Int = 2, steps: Int = 2, hidden: Int = 6, side: Int = 8, classes: Int? = nil,
        isAffine: Bool = true
    ) throws -> MadeUpCheckpoint {
        var file = MadeUpCheckpoint()
        for level in 0..<levels {
            let depth = levels - level
            let channels = 2 << depth
            for step in 0..<steps {
                try file.addNormflowsStep(
                    "flows.\(level).\(step).flows", channels, hidden, isAffine)
            }
            let latents = [level == 0 ? channels : channels / 2, side >> depth, side >> depth]
            for name in ["loc", "log_scale"] {
                try file.add("q0.\(level).\(name)", classes.map { latents + [$0] } ?? [1] + latents)
            }
        }
        return file
    }

    private mutating func addNormflowsStep(
        _ name: String, _ channels: Int, _ hidden: Int, _ isAffine: Bool
    ) throws {
        let net = "\(name).0.flows.1.param_map.net"
        try addConvolution("\(net).0", [hidden, channels / 2, 3, 3])
        try addConvolution("\(net).2", [hidden, hidden, 1, 1])
        try addConvolution("\(net).4", [isAffine ? channels : channels / 2, hidden, 3, 3])
        tensors["\(name).1.P"] = try Tensor.identity(channels).hostArray()
        for part in ["L", "U", "eye"] { try add("\(name).1.\(part)", [channels, channels]) }
        tensors["\(name).1.sign_S"] = try Tensor.ones([channels]).hostArray()
        try add("\(name).1.log_S", [channels])
        for part in ["s", "t"] { try add("\(name).2.\(part)", [1, channels, 1, 1]) }
        try add("\(name).2.data_dep_init_done", [])
    }
}
