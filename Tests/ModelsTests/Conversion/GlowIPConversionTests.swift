import Arrays
import Models
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct GlowIPConversionTests {
    private func convert(
        _ tensors: [String: HostArray],
        _ change: (inout ConversionOptions) -> Void = { _ in }
    ) throws -> ConvertedModel {
        var options = ConversionOptions()
        options.size = [16, 16]
        options.squeeze = .spaceToDepth
        options.lastBias = 1
        options.couplingBias = 0
        change(&options)
        return try Conversion(format: .glowIP, options: options).converted(tensors: tensors)
    }

    @Test(arguments: [(1, 1, 8, 1, true), (2, 3, 6, 3, true), (3, 2, 4, 1, false)])
    func `hyper-parameters are read from names and shapes`(
        _ levels: Int, _ steps: Int, _ hidden: Int, _ channels: Int, _ isAffine: Bool
    ) throws {
        let file = try MadeUpCheckpoint.glowIP(
            levels: levels, steps: steps, hidden: hidden, channels: channels, isAffine: isAffine)
        let model = try convert(file.tensors) { $0.bits = 8 }
        #expect(
            model.architecture
                == .glowIP(
                    .init(
                        levels: levels, steps: steps, hidden: hidden,
                        coupling: isAffine ? .affine : .additive, squeeze: .spaceToDepth,
                        couplingBias: 0, lastBias: isAffine ? 1 : 0)))
        #expect(model.imageShape == [channels, 16, 16])
        #expect(model.bits == 8)
        #expect(model.detection == nil)
        #expect(model.parameters == file.tensors.values.map(\.count).reduce(0, +))
        #expect(try model.flow().imageShape == model.imageShape)
    }

    @Test(arguments: [(64, [64, 32]), (32, [64, 32]), (16, [32, 16]), (1, [8, 4])])
    func `a Glow computes on smaller pictures with the same weights`(
        _ side: Int, _ sides: [Int]
    ) throws {
        let file = try MadeUpCheckpoint.glowIP(levels: 2, steps: 1, hidden: 4)
        var model = try convert(file.tensors) { $0.size = [64, 32] }
        let reduced = model.reduced(to: side)
        #expect(reduced.imageShape == [3] + sides)
        let z = try reduced.flow().encode(Tensor.ones([1, 3] + sides, .float32) * 0.5)
        #expect(z.value.shape == [1, 3 * sides[0] * sides[1]])
        model.architecture = .dcgan(DCGANSettings())
        #expect(model.reduced(to: side).imageShape == [3, 64, 32])
    }

    @Test func `options leave nothing to detect`() throws {
        let file = try MadeUpCheckpoint.glowIP()
        let model = try convert(file.tensors) { $0.squeeze = nil }
        #expect(model.detection?.candidates.count == 3)
        let free = try convert(file.tensors) { options in
            (options.squeeze, options.lastBias, options.couplingBias) = (nil, nil, nil)
        }
        // Two squeezes with two and three biases, and the program of 2019.
        #expect(free.detection?.candidates.count == 13)
    }

    @Test func `everything that is wrong is listed at once`() throws {
        var tensors = try MadeUpCheckpoint.glowIP().tensors
        tensors["glow_modules.1.actnorm.logs"] = nil
        tensors["glow_modules.2.invconv.W"] = HostArray([1] as [Float], shape: [1])
        tensors["glow_modules.5.coupling.net.logs"] = HostArray(
            [Float](repeating: .nan, count: 24), shape: [24, 1, 1])
        tensors["prior.h"] = HostArray([1] as [Float], shape: [1])
        let error = #expect(throws: ConversionError.self) { try convert(tensors) }
        #expect(
            error?.reason
                == .tensors([
                    .missing(name: "glow_modules.1.actnorm.logs", shape: [1, 12, 1, 1]),
                    .misshapen(
                        name: "glow_modules.2.invconv.W", expected: [12, 12, 1, 1], found: [1]),
                    .nonFinite(name: "glow_modules.5.coupling.net.logs"),
                    .unexpected(name: "prior.h", shape: [1]),
                ]))
        #expect("\(error as Any)".contains("glow_modules.2.invconv.W is [1]"))
    }

    @Test func `files of parallel trainings are read, and named as they are in errors`() throws {
        var tensors = Dictionary(
            uniqueKeysWithValues: try MadeUpCheckpoint.glowIP().tensors.map {
                ("module.\($0.key)", $0.value)
            })
        #expect(try convert(tensors).imageShape == [3, 16, 16])
        tensors["module.glow_modules.1.actnorm.b"] = nil
        let error = #expect(throws: ConversionError.self) { try convert(tensors) }
        guard case .otherFormat = error?.reason else {
            Issue.record("\(error as Any)")
            return
        }
    }

    @Test func `the configuration says size and depth, options more loudly`() throws {
        let tensors = try MadeUpCheckpoint.glowIP().tensors
        let text = #"{"size": 8, "n_bits_x": 3, "coupling_bias": 0.25}"#
        let configuration = try JSONValue(parsing: text, context: "test")
        let model = try convert(tensors) { options in
            options.size = nil
            options.couplingBias = nil
            options.configuration = configuration
        }
        #expect(model.imageShape == [3, 8, 8] && model.bits == 3)
        #expect(model.detection?.candidates.count == 4)
        #expect(try convert(tensors) { $0.configuration = configuration }.imageShape[1] == 16)
    }

    @Test func `what the file does not say has to be said`() throws {
        let tensors = try MadeUpCheckpoint.glowIP().tensors
        let error = #expect(throws: ConversionError.self) { try convert(tensors) { $0.size = nil } }
        guard case .missingOption("--size", _) = error?.reason else {
            Issue.record("\(error as Any)")
            return
        }
        for bits in [0, 17, -1] {
            #expect(throws: ConversionError.self) { try convert(tensors) { $0.bits = bits } }
        }
        #expect(throws: TorchError.self) {
            try convert(tensors) { options in
                options.size = [15, 16]
                options.squeeze = nil
            }
        }
    }

    @Test(arguments: [
        [:], ["weight": [3]], ["glow_modules.1.actnorm.b": [1, 12, 1, 1]],
        ["glow_modules.-9223372036854775808.actnorm.b": [1, 12, 1, 1]],
        ["glow_modules.99999999999999999999.actnorm.b": [1]],
        [
            "glow_modules.1.actnorm.b": [1, 0, 1, 1],
            "glow_modules.1.coupling.net.conv1.weight": [0, 0, 0, 0],
            "glow_modules.1.coupling.net.conv3.weight": [0, 0, 0, 0],
        ],
    ])
    func `files of other programs are refused`(_ shapes: [String: [Int]]) throws {
        let tensors = shapes.mapValues { shape in
            HostArray([Float](repeating: 1, count: shape.reduce(1, *)), shape: shape)
        }
        let error = #expect(throws: ConversionError.self) { try convert(tensors) }
        guard case .otherFormat = error?.reason else {
            Issue.record("\(error as Any)")
            return
        }
        #expect("\(error as Any)".contains("glowip"))
    }
}
