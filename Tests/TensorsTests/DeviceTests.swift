import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct DeviceTests {
    static let hasGPU = ((try? Device.cudaCount()) ?? 0) > 0

    @Test(.disabled(if: hasGPU)) func `a missing GPU is reported, not fatal`() throws {
        let x = try Tensor.zeros([2])
        let error = #expect(throws: TorchError.self) { try x.moved(to: .cuda(0)) }
        #expect(error?.operation == "to")
        #expect(throws: TorchError.self) { try Tensor.zeros([2], on: .cuda(0)) }
    }

    @Test(.enabled(if: hasGPU)) func `tensors move to the GPU and back`() throws {
        let x = try randomImages(2, channels: 3, .float32)
        let there = try x.moved(to: .cuda(0))
        #expect(try there.device() == .cuda(0))
        #expect(try there.filled(with: 1).device() == .cuda(0))
        try expectClose(there.moved(to: .cpu), x, tolerance: .exact)
        try expectClose((there * there).sum().item(), (x * x).sum().item(), tolerance: .float32())
    }

    @Test(.enabled(if: hasGPU)) func `random numbers are the same on every device`() throws {
        var onCPU = Generator(seed: 3)
        var onGPU = Generator(seed: 3)
        let x = try onGPU.normal([100], on: .cuda(0))
        #expect(try x.device() == .cuda(0))
        try expectClose(x.moved(to: .cpu), onCPU.normal([100]), tolerance: .exact)
    }

    @Test(.enabled(if: hasGPU)) func `optimisers run on the GPU`() throws {
        let start = try Tensor([-1.2, 1] as [Double], shape: [1, 2])
        func minimum(_ start: Tensor) throws -> Tensor {
            var optimizer = try LBFGS(start)
            try optimizer.run(evaluate: TestProblem.rosenbrock2.evaluate)
            let points = try optimizer.points()
            var adam = try Adam([points])
            try adam.step(
                [TestProblem.rosenbrock2.evaluate(points).gradients], learningRate: 0.01)
            return try points.moved(to: .cpu)
        }
        try expectClose(
            minimum(start.moved(to: .cuda(0))), minimum(start),
            tolerance: Tolerance(absolute: 1e-8))
    }

    @Test func `devices are named`() {
        #expect("\(Device.cpu)" == "cpu")
        #expect("\(Device.cuda(1))" == "cuda:1")
    }
}
