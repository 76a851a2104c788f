import Arrays
import Foundation
import Models
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct UnfoldedSettingsTests {
    private static let glow = Architecture.glow(
        .init(levels: 2, steps: 1, lastSteps: 1, hidden: 4))

    private func model(
        _ settings: UnfoldedSettings, _ shape: [Int] = [3, 64, 64]
    ) throws -> UnfoldedModel {
        let store = ParameterStore(random: Generator(seed: 1))
        let model = try settings.model(imageShape: shape, in: store.root)
        try store.finish()
        #expect(model.parameterCount == store.ordered.reduce(0) { $0 + $1.count })
        return model
    }

    @Test func `five ResNets have the 0.16 million parameters of the paper`() throws {
        let settings = UnfoldedSettings(folds: 5, proximal: .resnet(.init()))
        // And five steps.
        #expect(try model(settings).parameterCount == 5 * 32_021 + 5)
    }

    @Test func `a U-Net has the 31.04 million parameters of the paper`() throws {
        let settings = UnfoldedSettings(folds: 1, proximal: .unet(.init()))
        #expect(try model(settings).parameterCount == 31_037_763 + 1)
    }

    @Test(arguments: [1e-6, 0.1, 40, 1000, 500_000])
    func `a shrinkage is what it was set to, however large`(_ shrinkage: Double) throws {
        let settings = UnfoldedSettings(
            folds: 1, proximal: .flow(Self.glow), shrinkage: shrinkage)
        let map = try model(settings, [1, 8, 8]).folds[0].proximal as? FlowProximal
        try expectClose(
            try #require(map).shrinkages(), [shrinkage], tolerance: Tolerance(relative: 1e-5))
    }

    @Test func `a shrinkage is for a fold or for a level`() throws {
        for (shrinkages, expected) in [
            (UnfoldedSettings.Shrinkages.one, [0.25]), (.levels, [0.25, 0.25]),
        ] {
            let settings = UnfoldedSettings(
                folds: 1, proximal: .flow(Self.glow), shrinkages: shrinkages, shrinkage: 0.25)
            let map = try model(settings, [1, 8, 8]).folds[0].proximal as? FlowProximal
            try expectClose(
                try #require(map).shrinkages(), expected, tolerance: Tolerance(relative: 1e-6))
        }
    }

    @Test(arguments: [
        UnfoldedSettings(folds: 3, proximal: .flow(glow), shrinkages: .levels),
        UnfoldedSettings(folds: 2, proximal: .resnet(.init(width: 8)), lastFold: .literal),
        UnfoldedSettings(folds: 2, proximal: .unet(.init(width: 8)), shrinkage: 0.5, step: 0.5),
    ])
    func `settings are read as they were written`(_ settings: UnfoldedSettings) throws {
        let architecture = Architecture.unfolded(settings)
        let text = try JSONEncoder().encode(architecture)
        #expect(try JSONDecoder().decode(Architecture.self, from: text) == architecture)
        #expect(!architecture.hasDensity)
    }

    @Test func `a network with more folds begins with copies of the last`() throws {
        let two = UnfoldedSettings(folds: 2, proximal: .flow(Self.glow))
        let store = ParameterStore(random: Generator(seed: 1))
        _ = try two.model(imageShape: [1, 8, 8], in: store.root)
        let known = try store.tensors.merging(store.buffers) { $1 }.mapValues { try $0.hostArray() }
        for folds in [1, 2, 4] {
            var other = two
            other.folds = folds
            let weights = other.weights(spreading: known, of: two)
            let loaded = ParameterStore(stored: weights, source: "test")
            _ = try other.model(imageShape: [1, 8, 8], in: loaded.root)
            try loaded.finish()
            let last = weights.filter { $0.key.hasPrefix("folds.\(folds - 1).") }
            let expected = known.filter { $0.key.hasPrefix("folds.\(min(folds, 2) - 1).") }
            #expect(last.count == expected.count)
            for (name, array) in last {
                let source =
                    "folds.\(min(folds, 2) - 1)."
                    + name.split(separator: ".").dropFirst(2)
                    .joined(separator: ".")
                #expect(array == expected[source])
            }
        }
    }

    @Test func `folds that are new have the step of the settings, and no others`() throws {
        var settings = UnfoldedSettings(folds: 3, proximal: .flow(Self.glow), step: 0.5)
        // Before the first fold nothing is known of the measurement.
        let steps = try model(settings, [1, 8, 8]).folds.map { try $0.step.item() }
        #expect(steps == [1, 0.5, 0.5])
        let one = UnfoldedSettings(folds: 1, proximal: .flow(Self.glow))
        let store = ParameterStore(random: Generator(seed: 1))
        _ = try one.model(imageShape: [1, 8, 8], in: store.root)
        try store.tensors["folds.0.step"]?.overwrite(with: .full([1], 0.75))
        let known = try store.tensors.merging(store.buffers) { $1 }.mapValues { try $0.hostArray() }
        func begun(_ settings: UnfoldedSettings) throws -> [Double] {
            let weights = settings.weights(spreading: known, of: one)
            return try (0..<3).map {
                try #require(weights["folds.\($0).step"]?.numbers(as: Double.self).first)
            }
        }
        #expect(try begun(settings) == [0.75, 0.5, 0.5])
        settings.step = nil
        #expect(try begun(settings) == [0.75, 0.75, 0.75])
    }

    @Test func `where every pixel is measured a step of 1 leaves earlier folds no say`() throws {
        for (step, isHeard) in [(nil, false), (0.5, true)] {
            let settings = UnfoldedSettings(folds: 2, proximal: .flow(Self.glow), step: step)
            let model = try model(settings, [1, 8, 8])
            let x = try Tensor.full([1, 1, 8, 8], 0.2)
            let other = try Tensor.full([1, 1, 8, 8], 0.7)
            let y = try Tensor.full([1, 1, 8, 8], 0.4)
            let second = model.folds[1].step
            let near = try [x, other].map { try $0 + (y - $0) * second }
            #expect(try ((near[0] - near[1]).magnitude().largest().item() > 0.1) == isHeard)
        }
    }

    @Test func `a network between generators makes its first picture`() throws {
        let store = ParameterStore(random: Generator(seed: 1))
        let settings = UnfoldedSettings(folds: 1, proximal: .flow(Self.glow))
        let generator = try Architecture.unfolded(settings)
            .generator(imageShape: [1, 8, 8], in: store.root)
        let pictures = try generator.generate(.zeros([2, 0]))
        try expectClose(pictures, .full([2, 1, 8, 8], 0.5), tolerance: .exact)
    }

    @Test func `sides and settings that cannot be are refused`() throws {
        let store = ParameterStore(random: Generator(seed: 1))
        let unet = Architecture.unfolded(.init(folds: 1, proximal: .unet(.init(width: 2))))
        #expect(throws: TorchError.self) {
            try unet.generator(imageShape: [1, 24, 24], in: store.root)
        }
        let nothing = Architecture.unfolded(
            .init(folds: 1, proximal: .resnet(.init(width: 2)), lastFold: .literal))
        #expect(throws: TorchError.self) {
            try nothing.generator(imageShape: [1, 8, 8], in: store.root)
        }
        let nested = Architecture.unfolded(.init(folds: 1, proximal: .flow(unet)))
        #expect(throws: TorchError.self) {
            try nested.generator(imageShape: [1, 16, 16], in: store.root)
        }
    }
}
