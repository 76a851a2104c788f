import Models
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct ConditionerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What it becomes when frozen.
        let frozen: any Conditioner.Type
        let make: @Sendable (ParameterScope) throws -> any Conditioner
    }

    static let conditioners = [
        Case(testDescription: "GlowNetwork", frozen: ConvolutionStack.self) {
            try GlowNetwork(inputs: 2, outputs: 6, hidden: 5, in: $0)
        },
        Case(testDescription: "GlowNetwork, bare", frozen: ConvolutionStack.self) {
            try GlowNetwork(
                inputs: 2, outputs: 6, hidden: 5,
                .init(hasNorms: false, hasBiases: false, hasGain: false), in: $0)
        },
        Case(testDescription: "GlowNetwork, with a border", frozen: ConvolutionStack.self) {
            try GlowNetwork(
                inputs: 2, outputs: 6, hidden: 5, .init(hasNorms: false, border: 1), in: $0)
        },
        Case(testDescription: "ResidualNetwork", frozen: FrozenResidualNetwork.self) {
            try ResidualNetwork(inputs: 2, outputs: 6, width: 5, blocks: 2, in: $0)
        },
        Case(testDescription: "ResidualNetwork without blocks", frozen: FrozenResidualNetwork.self)
        {
            try ResidualNetwork(inputs: 2, outputs: 6, width: 5, blocks: 0, in: $0)
        },
        Case(testDescription: "SkipNetwork", frozen: FrozenSkipNetwork.self) {
            try SkipNetwork(inputs: 2, outputs: 6, width: 5, blocks: 2, gain: 2, in: $0)
        },
        Case(testDescription: "SplitPriorNetwork", frozen: ConvolutionStack.self) { scope in
            try SplitPriorNetwork(channels: 2, in: scope)
        },
        Case(testDescription: "SplitPriorNetwork, with a border", frozen: ConvolutionStack.self) {
            try SplitPriorNetwork(channels: 2, border: 1, in: $0)
        },
        Case(testDescription: "FixedMoments", frozen: FixedMoments.self) { scope in
            try FixedMoments(shape: [3, 4, 5], in: scope)
        },
    ]

    private func input() throws -> Tensor {
        var generator = Generator(seed: 12)
        return try generator.normal([2, 2, 4, 5], .float64)
    }

    @Test(arguments: conditioners)
    func `a new network says nothing`(_ item: Case) throws {
        let store = ParameterStore(random: Generator(seed: 1), .float64)
        let output = try item.make(store.root).output(for: input())
        #expect(try output.magnitude().largest().item() == 0)
    }

    @Test(arguments: conditioners)
    func `the frozen network is the same function without history`(_ item: Case) throws {
        let store = ParameterStore(random: Generator(seed: 1), .float64)
        let network = try item.make(store.root)
        var generator = Generator(seed: 4)
        for parameter in store.ordered {
            try parameter.accumulate(generator.normal(parameter.shape, .float64), times: 0.2)
        }
        let expected = try network.output(for: input())
        #expect(try expected.magnitude().largest().item() > 0)
        let frozen = try network.frozen()
        #expect(type(of: frozen) == item.frozen)
        for network in try [frozen, frozen.frozen()] {
            let found = try network.output(for: input())
            try expectClose(found, expected, tolerance: .reference)
            #expect(throws: TorchError.self) { try found.sum().gradients(of: [found]) }
        }
    }

    @Test func `a started Glow network has normalised activations`() throws {
        let store = ParameterStore(random: Generator(seed: 1), .float64)
        let network = try GlowNetwork(inputs: 2, outputs: 6, hidden: 5, in: store.root)
        let x = try input()
        try withoutGradient { _ = try network.start(on: x) }
        let scale = try #require(store.tensors["actnorm1.log_scale"])
        let weight = try #require(store.tensors["conv1.weight"])
        let bias = try #require(store.tensors["conv1.bias"])
        let shift = try #require(store.tensors["actnorm1.shift"])
        let h = try (x.convolved(with: weight, bias: bias, padding: 1) + shift) * scale.exp()
        let zeros = [Double](repeating: 0, count: 5)
        let ones = [Double](repeating: 1, count: 5)
        try expectClose(
            h.mean(over: [0, 2, 3]).doubles(), zeros, tolerance: Tolerance(absolute: 1e-9))
        try expectClose(
            h.square().mean(over: [0, 2, 3]).doubles(), ones,
            tolerance: Tolerance(absolute: 1e-4))
    }

    @Test func `a constant channel does not make a start infinite`() throws {
        let store = ParameterStore(random: Generator(seed: 1), .float64)
        let norm = try ActNorm(channels: 2, in: store.root)
        let x = try Tensor.ones([3, 2, 2, 2], .float64)
        #expect(try norm.start(on: x).value.isAllFinite())
    }
}
