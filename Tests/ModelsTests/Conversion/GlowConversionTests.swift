import Arrays
import Models
import TensorSupport
import Tensors
import Testing

/// What is read from the files of glow-pytorch and normflows, and what is refused.
@Suite(.timeLimit(.minutes(20))) struct GlowConversionTests {
    private func convert(
        _ format: CheckpointFormat, _ tensors: [String: HostArray],
        _ change: (inout ConversionOptions) -> Void = { _ in }
    ) throws -> ConvertedModel {
        var options = ConversionOptions()
        options.size = [16, 24]
        change(&options)
        return try Conversion(format: format, options: options).converted(tensors: tensors)
    }

    @Test(arguments: [true, false])
    func `a glow-pytorch file is read level by level`(_ isAffine: Bool) throws {
        let file = try MadeUpCheckpoint.glowPyTorch(
            levels: 3, steps: 2, hidden: 5, isAffine: isAffine, plainLevels: [0, 2])
        let model = try convert(.glowPyTorch, file.tensors)
        #expect(
            model.architecture
                == .glowPyTorch(
                    .init(
                        levels: 3, steps: 2, hidden: 5, coupling: isAffine ? .affine : .additive,
                        mixing: [.plain, .lu, .plain])))
        #expect(model.imageShape == [3, 16, 24])
        #expect(model.bits == 5)
        let masks = 2 * 3 * 24 * 24 + 3 * 2
        #expect(
            model.parameters == file.tensors.values.map(\.count).reduce(0, +) - masks)
        #expect(try model.flow().latentShapes == [[6, 8, 12], [12, 4, 6], [48, 2, 3]])
    }

    @Test func `a normflows file says how large its pictures are`() throws {
        let file = try MadeUpCheckpoint.normflows(levels: 2, steps: 3, hidden: 5, side: 12)
        let model = try convert(.normflows, file.tensors) { options in
            options.size = nil
            options.scale = .inverseSigmoid
        }
        #expect(
            model.architecture
                == .normflows(.init(levels: 2, steps: 3, hidden: 5, scale: .inverseSigmoid)))
        #expect(model.imageShape == [1, 12, 12])
        #expect(model.bits == 8)
        #expect(model.detection == nil)
        #expect(try model.flow().latentShapes == [[2, 6, 6], [8, 3, 3]])
    }

    @Test func `the scale of normflows is detected when nobody says it`() throws {
        let file = try MadeUpCheckpoint.normflows()
        let model = try convert(.normflows, file.tensors)
        let detection = try #require(model.detection)
        #expect(detection.candidates.count == 3)
        guard case .normflows(let settings) = model.architecture else { return }
        let isBest = settings.scale.rawValue == detection.candidates[0].name
        #expect(isBest || (!detection.isClear && settings.scale == .sigmoid))
        #expect(model.notes.count == (detection.isClear ? 1 : 2))
        let additive = try MadeUpCheckpoint.normflows(isAffine: false)
        #expect(try convert(.normflows, additive.tensors).detection == nil)
    }

    @Test func `one class of several becomes a model`() throws {
        let file = try MadeUpCheckpoint.normflows(classes: 3)
        let model = try convert(.normflows, file.tensors) { options in
            options.label = 2
            options.scale = .sigmoid
        }
        let all = try Tensor(try #require(file.tensors["q0.1.loc"]))
        let one = try Tensor(try #require(model.weights["levels.0.prior.mean"]))
        try expectClose(one, all.element(2, along: 3), tolerance: .exact)
    }

    @Test(arguments: [CheckpointFormat.glowPyTorch, .normflows])
    func `everything that is wrong is listed at once`(_ format: CheckpointFormat) throws {
        let isPyTorch = format == .glowPyTorch
        var tensors =
            isPyTorch
            ? try MadeUpCheckpoint.glowPyTorch().tensors : try MadeUpCheckpoint.normflows().tensors
        let names =
            isPyTorch
            ? ["module.blocks.1.flows.1.invconv.w_s", "module.blocks.0.prior.scale"]
            : ["flows.1.1.flows.1.log_S", "q0.0.log_scale"]
        tensors[names[0]] = nil
        tensors[names[1]] = HostArray([1, 2] as [Float], shape: [2])
        let extra = isPyTorch ? "module.best" : "best"
        tensors[extra] = HostArray([1] as [Float], shape: [])
        let error = #expect(throws: ConversionError.self) {
            try convert(format, tensors) { $0.scale = .sigmoid }
        }
        guard case .tensors(let problems) = error?.reason else {
            Issue.record("\(error as Any)")
            return
        }
        #expect(problems.count == 3)
        #expect(problems.contains(.unexpected(name: extra, shape: [])))
        for name in names { #expect("\(error as Any)".contains(name)) }
    }

    @Test(
        arguments: [CheckpointFormat.glowPyTorch, .normflows],
        [
            [:], ["blocks.0.flows.0.actnorm.loc": [1, 12, 1, 1]], ["q0.0.loc": [1, 0, 1 << 40, 1]],
            [
                "blocks.0.flows.0.actnorm.loc": [0, 1 << 62, 1, 1],
                "blocks.0.flows.0.coupling.net.0.weight": [0, 1, 1, 1],
                "blocks.0.flows.0.coupling.net.4.conv.weight": [0, 1, 1, 1],
            ],
        ])
    func `files of other programs are refused`(
        _ format: CheckpointFormat, _ shapes: [String: [Int]]
    ) throws {
        let tensors = shapes.mapValues { shape in
            HostArray([Float](repeating: 1, count: shape.reduce(1, &*)), shape: shape)
        }
        let error = #expect(throws: ConversionError.self) { try convert(format, tensors) }
        guard case .otherFormat = error?.reason else {
            Issue.record("\(error as Any)")
            return
        }
    }
}
