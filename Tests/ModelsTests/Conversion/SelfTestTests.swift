import Models
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct SelfTestTests {
    static let architectures: [Architecture] = [
        .glow(.init(levels: 2, steps: 2, lastSteps: 1, hidden: 4, splitPrior: .learned)),
        .realNVP(.init(scales: 2, blocks: 1, width: 4)),
        .glowIP(.init(levels: 2, steps: 2, hidden: 4, squeeze: .reshape, lastBias: 1)),
        .glowPyTorch(.init(levels: 2, steps: 2, hidden: 4, mixing: [.plain, .lu])),
        .normflows(.init(levels: 2, steps: 1, hidden: 4)),
        .batchNormRealNVP(.init(scales: 2, blocks: 1, width: 4)),
    ]

    private func flow(_ architecture: Architecture, _ type: DataType) throws -> Flow {
        let store = ParameterStore(random: Generator(seed: 3), type)
        let flow = try architecture.flow(imageShape: [3, 8, 8], in: store.root)
        var generator = Generator(seed: 4)
        for parameter in store.ordered {
            try parameter.accumulate(generator.normal(parameter.shape, type), times: 0.05)
        }
        return flow
    }

    @Test(arguments: architectures, [DataType.float32, .float64])
    func `flows pass`(_ architecture: Architecture, _ type: DataType) throws {
        let flow = try flow(architecture, type)
        for flow in try [flow, flow.frozenFlow()] {
            let report = try SelfTest(flow, type).run()
            #expect(report.problems == [])
            #expect(report.hasPassed)
            #expect(report.jacobianError != nil)
        }
    }

    /// What a flow with this bijection is accused of.
    private func problems(_ bijection: any Bijection) throws -> String {
        let flow = Flow(
            imageShape: [1, 4, 4], support: .everywhere,
            levels: [Level([bijection], exit: .all)], latents: [[1, 4, 4]])
        return try SelfTest(flow).run().problems.joined(separator: "\n")
    }

    @Test func `mistakes are noticed, each by its own measure`() throws {
        #expect(try problems(BrokenBijection()) == "")
        let lossy = BrokenBijection(decoding: { (z) throws(TorchError) in
            try BrokenBijection.scaled(z, by: 0.51, claimed: 0.5)
        })
        #expect(try problems(lossy).contains("pictures do not come back"))
        #expect(try problems(lossy).contains("latents do not come back"))
        let oneWay = BrokenBijection(decoding: { (z) throws(TorchError) in
            try BrokenBijection.scaled(z, by: 0.5, claimed: 2)
        })
        #expect(try problems(oneWay).contains("there and back"))
        let consistent = BrokenBijection(
            encoding: { (x) throws(TorchError) in
                try BrokenBijection.scaled(x, by: 2, claimed: 3)
            },
            decoding: { (z) throws(TorchError) in
                try BrokenBijection.scaled(z, by: 0.5, claimed: 1.0 / 3)
            })
        let found = try problems(consistent)
        #expect(found.contains("Jacobian") && !found.contains("back"))
        let infinite = BrokenBijection(decoding: { (z) throws(TorchError) in
            try BrokenBijection.scaled(z / (z * 0), by: 0.5)
        })
        #expect(try problems(infinite).contains("give no picture"))
    }
}
