import Foundation
import Models
import Physics
import PhysicsSupport
import Solvers
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct FlowNoiseTests {
    static let patches = [
        [NoisePatch(row: 0, column: 1, channel: 0), NoisePatch(row: 3, column: 2, channel: 1)],
        [NoisePatch(row: 1, column: 1, channel: 1)], [],
    ]

    private func gaussian(_ height: Int, _ width: Int) throws -> Flow {
        try TestFlows.gaussian(means: [0.4], deviations: [0.3], height: height, width: width)
    }

    private func patched(_ examples: Tensor? = nil) throws -> FlowNoise {
        try FlowNoise(
            model: gaussian(2, 3), placement: .patches(Self.patches), amplitude: 0.5,
            background: 0.05, examples: examples)
    }

    @Test func `noise of a model obeys the laws`() throws {
        let clean = try randomImages(3, channels: 2, height: 5, width: 6)
        let full = try FlowNoise(
            model: TestFlows.glow(channels: 2, size: 4), placement: .full, amplitude: 0.7,
            on: .cpu, .float64)
        for laws in try [
            NoiseModelLaws(patched(), clean: clean),
            NoiseModelLaws(full, clean: randomImages(2, channels: 2, height: 4, width: 4)),
        ] {
            try laws.checkSamplesAreIndependent()
            try laws.checkGradient()
            try laws.checkStreams()
        }
    }

    @Test(arguments: [0.5, 2])
    func `the density integrates to 1 whatever the amplitude`(_ amplitude: Double) throws {
        let noise = try FlowNoise(
            model: gaussian(1, 2), placement: .full, amplitude: amplitude)
        let clean = try Tensor([0.1, 0.2], shape: [1, 1, 1, 2])
        try NoiseModelLaws(noise, clean: clean).checkIntegratesToOne()
    }

    @Test func `patches have the model's density and the rest is Gaussian`() throws {
        let clean = try randomImages(3, channels: 2, height: 5, width: 6)
        var generator = Generator(seed: 4)
        let noise = try patched()
        let y = try noise.sample(given: clean, from: &generator)
        let residual = try (y - clean).doubles()
        func normal(_ x: Double, _ mean: Double, _ std: Double) -> Double {
            -0.5 * (x - mean) * (x - mean) / (std * std) - log(std) - 0.5 * log(2 * .pi)
        }
        var expected = [0.0, 0, 0]
        for (place, value) in residual.enumerated() {
            let (sample, channel, row, column) = (
                place / 60, place / 30 % 2, place / 6 % 5, place % 6
            )
            let isCovered = Self.patches[sample].contains {
                $0.channel == channel && ($0.row..<$0.row + 2).contains(row)
                    && ($0.column..<$0.column + 3).contains(column)
            }
            // 0.5 times a number of mean 0.4 and deviation 0.3.
            expected[sample] += isCovered ? normal(value, 0.2, 0.15) : normal(value, 0, 0.05)
        }
        try expectClose(
            noise.logDensity(y, given: clean).doubles(), expected,
            tolerance: Tolerance(relative: 1e-6))
    }

    @Test func `samples are examples where patches are and background elsewhere`() throws {
        let examples = try Tensor.full([4, 1, 2, 3], 1, .float64)
        let clean = try Tensor.zeros([3, 2, 5, 6], .float64)
        var generator = Generator(seed: 4)
        let drawn = try patched(examples).sample(given: clean, from: &generator).doubles()
        #expect(drawn.count { $0 == 0.5 } == 3 * 6)
        #expect(drawn.filter { $0 != 0.5 }.allSatisfy { abs($0) < 0.3 })
        #expect(drawn.filter { $0 != 0.5 }.contains { abs($0) > 0.05 })
    }

    @Test func `a model of colour pictures lies on all channels`() throws {
        let model = try TestFlows.gaussian(
            means: [0.4, 0.4], deviations: [0.3, 0.3], height: 2, width: 2)
        let noise = try FlowNoise(
            model: model, placement: .patches([[NoisePatch(row: 1, column: 1)]]),
            examples: Tensor.full([1, 2, 2, 2], 1, .float64))
        try noise.validate([2, 4, 4])
        var generator = Generator(seed: 4)
        let drawn = try noise.sample(given: .zeros([1, 2, 4, 4], .float64), from: &generator)
        #expect(try drawn.doubles().count { $0 == 1 } == 8)
    }

    @Test func `patches that leave the picture, overlap or miss their channel are refused`() throws
    {
        for list in [
            [NoisePatch(row: 4, column: 0, channel: 0)],
            [NoisePatch(row: 0, column: -1, channel: 0)],
            [NoisePatch(row: 0, column: 0, channel: 2)],
            [NoisePatch(row: 0, column: 0)],
            [
                NoisePatch(row: 0, column: 0, channel: 0),
                NoisePatch(row: 1, column: 2, channel: 0),
            ],
        ] {
            let noise = try FlowNoise(model: gaussian(2, 3), placement: .patches([list]))
            #expect(throws: PhysicsError.self, "\(list)") { try noise.validate([2, 5, 6]) }
        }
        #expect(throws: PhysicsError.self) {
            try FlowNoise(model: gaussian(2, 3), placement: .full).validate([2, 5, 6])
        }
        #expect(throws: PhysicsError.self) {
            try FlowNoise(model: gaussian(2, 3), placement: .full, amplitude: 0)
        }
        #expect(throws: PhysicsError.self) { try patched(Tensor.zeros([4, 1, 3, 3])) }
    }

    @Test func `every cell gets one patch inside it, from the stream`() throws {
        var generator = Generator(seed: 8)
        var channels = Set<Int>()
        for _ in 0..<40 {
            let patches = try NoisePatch.oneInEveryCell(
                of: [3, 64, 64], cell: 32, patch: [1, 28, 28], from: &generator)
            #expect(patches.count == 4)
            for (cell, patch) in patches.enumerated() {
                #expect((0...4).contains(patch.row - cell / 2 * 32))
                #expect((0...4).contains(patch.column - cell % 2 * 32))
                channels.insert(try #require(patch.channel))
            }
        }
        #expect(channels == [0, 1, 2])
        #expect(throws: PhysicsError.self) {
            try NoisePatch.oneInEveryCell(
                of: [3, 16, 16], cell: 32, patch: [1, 28, 28], from: &generator)
        }
    }
}
