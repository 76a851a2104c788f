import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct AdamTests {
    struct Configuration: Sendable, CustomTestStringConvertible {
        let name: String
        let learningRate: Double
        let settings: Adam.Settings
        let decay: Double

        var testDescription: String { name }
    }

    static let configurations = [
        Configuration(name: "adam_lr0.02", learningRate: 0.02, settings: .init(), decay: 0),
        Configuration(
            name: "adam_lr0.1_b0.5_0.9_wd0.01", learningRate: 0.1,
            settings: .init(beta1: 0.5, beta2: 0.9), decay: 0.01),
    ]

    @Test(arguments: configurations, TestProblem.allCases)
    func `trajectories are those of PyTorch`(
        _ configuration: Configuration, _ problem: TestProblem
    ) throws {
        let golden = try GoldenTensors("numerics/optimisers.npz")
        let tag = "\(configuration.name)_\(problem.rawValue)"
        let rows = try golden["\(tag)_x"]
        let sensitivity = try golden["\(tag)_sensitivity"].doubles()
        let x = try rows.slice(0..<1, along: 0).copy()
        var optimizer = try Adam([x], configuration.settings)
        for step in 1..<rows.shape[0] {
            let gradient = try problem.evaluate(x).gradients + x * configuration.decay
            try optimizer.step([gradient], learningRate: configuration.learningRate)
            try expectClose(
                x.element(0), rows.element(step),
                tolerance: Tolerance(absolute: max(1e-10, 1000 * sensitivity[step])))
        }
    }

    @Test func `every parameter may have a learning rate of its own`() throws {
        let starts: [[Double]] = [[1, 2], [3], [4, 5, 6]]
        let rates = [0.1, 0.02, 0.1]
        func parameters() throws -> [Tensor] {
            try starts.map { try Tensor($0, shape: [$0.count]) }
        }
        let together = try parameters()
        let alone = try parameters()
        var joint = try Adam(together)
        var singles = try alone.map { try Adam([$0]) }
        for _ in 0..<3 {
            try joint.step(together.map { try $0 * 2 }, learningRates: rates)
            for (index, rate) in rates.enumerated() {
                try singles[index].step([alone[index] * 2], learningRate: rate)
            }
        }
        for (one, other) in zip(together, alone) {
            try expectClose(one, other, tolerance: .exact)
        }
        #expect(try together[1].doubles()[0] > 2.9)
        #expect(try together[0].doubles()[0] < 0.8)
        #expect(joint.steps == 3)
    }

    @Test func `an optimiser goes on from its state with the same bits`() throws {
        let starts = try Tensor([-1.2, 1, 0.5, 2] as [Double], shape: [2, 2])
        func advance(_ optimizer: inout Adam, _ steps: Int) throws {
            for _ in 0..<steps {
                let x = optimizer.parameters[0]
                try optimizer.step(
                    [TestProblem.rosenbrock2.evaluate(x).gradients], learningRate: 0.1)
            }
        }
        var whole = try Adam([starts.copy()])
        try advance(&whole, 10)
        var first = try Adam([starts.copy()])
        try advance(&first, 4)
        var second = try Adam(
            first.parameters.map { try $0.copy() }, means: first.means.map { try $0.copy() },
            squares: first.squares.map { try $0.copy() }, steps: first.steps)
        try advance(&second, 6)
        #expect(second.steps == 10)
        try expectClose(second.parameters[0], whole.parameters[0], tolerance: .exact)
    }

    @Test func `a gradient of another shape is reported, not fatal`() throws {
        var optimizer = try Adam([.zeros([2, 2])])
        let gradient = try Tensor.zeros([3])
        let error = #expect(throws: TorchError.self) {
            try optimizer.step([gradient], learningRate: 1)
        }
        #expect(error?.operation == "adam")
        #expect(optimizer.steps == 0)
    }

    @Test func `the layout in memory plays no part`() throws {
        let values = try Tensor.arange(6, .float64).reshaped(to: [2, 3])
        let gradient = try values.square() - 3
        /// The same elements, columns fastest.
        func turned(_ x: Tensor) throws -> Tensor {
            try x.transposed().contiguous().transposed()
        }
        func step(_ x: Tensor, _ gradient: Tensor) throws -> Tensor {
            var optimizer = try Adam([x])
            for _ in 0..<3 { try optimizer.step([gradient * x], learningRate: 0.1) }
            return x
        }
        let expected = try step(values.copy(), gradient)
        try expectClose(step(turned(values).copy(), gradient), expected, tolerance: .exact)
        try expectClose(step(values.copy(), turned(gradient)), expected, tolerance: .exact)
    }
}
