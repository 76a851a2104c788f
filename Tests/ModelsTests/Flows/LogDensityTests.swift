import Models
import TensorSupport
import Tensors
import Testing

/// The density of a flow with bounded support, continued to all pictures.
@Suite(.timeLimit(.minutes(20))) struct LogDensityTests {
    private func realNVP() throws -> Flow {
        let store = ParameterStore(random: Generator(seed: 3), .float64)
        let flow = try Architecture.realNVP(
            .init(scales: 1, blocks: 1, width: 4)
        ).flow(imageShape: [1, 2, 2], in: store.root)
        var generator = Generator(seed: 4)
        for parameter in store.ordered {
            try parameter.accumulate(generator.normal(parameter.shape, .float64), times: 0.2)
        }
        return try flow.frozenFlow()
    }

    private func picture(_ values: [Double]) throws -> Tensor {
        try Tensor(values, shape: [1, 1, 2, 2])
    }

    /// Half the distance from [0, 1] to where the logit ends.
    private let reach = 0.05 / 0.9 / 2

    @Test func `inside it is the likelihood`() throws {
        let flow = try realNVP()
        let x = try picture([0, 1, 0.3, 1 + reach])
        try expectClose(flow.logDensity(x), flow.logLikelihood(x), tolerance: .reference)
    }

    @Test func `value and gradient are finite everywhere, and the value falls outwards`() throws {
        let flow = try realNVP()
        var last = Double.infinity
        for value in stride(from: 1.0, through: 2, by: 0.05) {
            for x in try [picture([value, 0.5, 0.2, 1 - value]), picture([value, 2, -1, 0])] {
                let leaf = try x.leaf()
                let density = try flow.logDensity(leaf)
                #expect(try density.isAllFinite())
                #expect(try density.sum().gradients(of: [leaf])[0].isAllFinite())
            }
            let density = try flow.logDensity(picture([value, 0.5, 0.2, 1 - value])).item()
            if value > 1 + 2 * reach { #expect(density < last) }
            last = density
        }
    }

    @Test func `values and gradients are continuous at the border`() throws {
        let flow = try realNVP()
        func slope(_ value: Double) throws -> (density: Double, gradient: Tensor) {
            let leaf = try picture([value, 0.5, 1 - value, 0.1]).leaf()
            let density = try flow.logDensity(leaf)
            return (try density.item(), try density.sum().gradients(of: [leaf])[0])
        }
        let inside = try slope(1 + reach - 1e-8)
        let outside = try slope(1 + reach + 1e-8)
        try expectClose(outside.density, inside.density, tolerance: Tolerance(absolute: 1e-4))
        try expectClose(
            outside.gradient, inside.gradient, tolerance: Tolerance(relative: 1e-4))
    }

    @Test(arguments: [0.5, 1.02, 1.04, 1.3, -0.2])
    func `gradients are finite differences`(_ value: Double) throws {
        let flow = try realNVP()
        try expectGradients(
            at: [picture([value, 0.5, 0.2, 0.7])],
            tolerance: Tolerance(absolute: 1e-5, relative: 1e-5)
        ) { try flow.logDensity($0[0]) }
    }

    @Test func `a flow over all pictures needs no continuation`() throws {
        let store = ParameterStore(random: Generator(seed: 3), .float64)
        let flow = try Architecture.glow(.init(levels: 1, steps: 1, lastSteps: 1, hidden: 4))
            .flow(imageShape: [1, 2, 2], in: store.root)
        let x = try picture([-1, 2, 0.5, 7])
        try expectClose(flow.logDensity(x), flow.logLikelihood(x), tolerance: .exact)
    }
}
