import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct LBFGSNonFiniteTests {
    /// 100 x - log(x), which is NaN for negative x and smallest at 0.01.
    private func barrier(_ points: Tensor) throws -> (values: [Double], gradients: Tensor) {
        let x = try points.leaf()
        let values = try (x * 100 - x.log()).sumPerSample()
        return (try values.doubles(), try values.sum().gradients(of: [x])[0])
    }

    @Test(arguments: [LBFGS.Stepping.strongWolfe, .fixed])
    func `a step to NaN is made smaller`(_ stepping: LBFGS.Stepping) throws {
        let settings = LBFGS.Settings(stepping: stepping, stepSize: 10, iterations: 40)
        var optimizer = try LBFGS(Tensor([5, 2] as [Double], shape: [2, 1]), settings)
        try optimizer.run(evaluate: barrier)
        for progress in optimizer.progress {
            #expect(progress.nonFiniteEvaluations > 0)
            #expect(progress.value.isFinite)
        }
        let points = try optimizer.points().doubles()
        #expect(points.allSatisfy { $0 > 0 && $0 < 2 })
        if stepping == .strongWolfe {
            try expectClose(points, [0.01, 0.01], tolerance: Tolerance(absolute: 1e-6))
        }
    }

    @Test func `a start without a value is reported, and others go on`() throws {
        var optimizer = try LBFGS(
            Tensor([-1, 5] as [Double], shape: [2, 1]), .init(iterations: 40))
        try optimizer.run(evaluate: barrier)
        #expect(optimizer.progress[0].outcome == .nonFinite)
        #expect(optimizer.progress[0].value.isNaN)
        #expect(try optimizer.points().doubles()[0] == -1)
        try expectClose(
            optimizer.points().doubles()[1], 0.01, tolerance: Tolerance(absolute: 1e-6))
    }

    @Test(arguments: [LBFGS.Stepping.strongWolfe, .fixed])
    func `a sample surrounded by NaN stays where it is`(_ stepping: LBFGS.Stepping) throws {
        let start = try Tensor([3] as [Double], shape: [1, 1])
        var optimizer = try LBFGS(start, .init(stepping: stepping))
        try optimizer.run { points in
            let isStart = try points.item() == 3
            return ([isStart ? 1 : .nan], try points.filled(with: isStart ? 2 : .infinity))
        }
        #expect(optimizer.progress[0].outcome == .nonFinite)
        #expect(optimizer.progress[0].value == 1)
        #expect(try optimizer.points().item() == 3)
    }

    @Test func `an infinite gradient beside a finite value is noticed`() throws {
        var optimizer = try LBFGS(Tensor([5] as [Double], shape: [1, 1]))
        try optimizer.run { points in
            let x = try points.item()
            return ([x * x], try points.filled(with: x > 4.5 ? 2 * x : .infinity))
        }
        #expect(optimizer.progress[0].nonFiniteEvaluations > 0)
        #expect(try optimizer.points().item() > 4.5)
    }
}
