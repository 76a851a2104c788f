import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct LBFGSBatchTests {
    typealias Evaluation = (Tensor) throws -> (values: [Double], gradients: Tensor)

    /// Minimises all rows of `starts` together.
    private func minimum(from starts: Tensor, _ body: Evaluation) throws -> LBFGS {
        var optimizer = try LBFGS(starts, .init(iterations: 15))
        try optimizer.run(evaluate: body)
        return optimizer
    }

    private func expectIndependent(_ starts: Tensor, _ body: Evaluation) throws {
        let together = try minimum(from: starts, body)
        for row in 0..<starts.shape[0] {
            let alone = try minimum(from: starts.slice(row..<row + 1, along: 0), body)
            #expect(alone.progress[0].iterations == together.progress[row].iterations)
            try expectClose(
                together.points().element(row), alone.points().element(0), tolerance: .exact)
        }
    }

    @Test func `a batch gives the same bits as its samples alone`() throws {
        var generator = Generator(seed: 5)
        try expectIndependent(
            generator.normal([5, 10], .float64), TestProblem.rosenbrock10.evaluate)
    }

    @Test func `the law notices samples that influence each other`() throws {
        var generator = Generator(seed: 5)
        let starts = try generator.normal([3, 10], .float64)
        withKnownIssue {
            try expectIndependent(starts) { points in
                let result = try TestProblem.rosenbrock10.evaluate(points)
                return try (result.values, result.gradients * Double(points.shape[0]))
            }
        }
    }

    @Test func `a finished sample keeps its point while others go on`() throws {
        let starts = try Tensor([1, 1, -1.2, 1] as [Double], shape: [2, 2])
        var seen: [[Double]] = []
        let optimizer = try minimum(from: starts) { points in
            seen.append(try points.element(0).doubles())
            return try TestProblem.rosenbrock2.evaluate(points)
        }
        #expect(seen.count > 10)
        #expect(seen.allSatisfy { $0 == [1, 1] })
        #expect(optimizer.progress[0].outcome == .smallGradient)
        #expect(optimizer.progress[0].evaluations == 1)
        #expect(optimizer.progress[1].outcome == .evaluationLimit)
    }

    @Test func `pictures are minimised in their own shape, in single precision`() throws {
        let target = try randomImages(2, channels: 3, height: 4, width: 4, .float32)
        let optimizer = try minimum(from: target.filled(with: 0)) { points in
            let leaf = try points.leaf()
            let values = try (leaf - target).square().sumPerSample()
            return (try values.doubles(), try values.sum().gradients(of: [leaf])[0])
        }
        #expect(try optimizer.points().dataType() == .float32)
        try expectClose(optimizer.points(), target, tolerance: Tolerance(absolute: 1e-5))
    }

    @Test func `the checkpoint sees every iteration, and values that never rise`() throws {
        let starts = try Tensor([-1.2, 1, 0, 3] as [Double], shape: [2, 2])
        var optimizer = try LBFGS(starts)
        var traces: [[Double]] = [[], []]
        var rounds = 0
        try optimizer.run(evaluate: TestProblem.rosenbrock2.evaluate) { state in
            rounds += 1
            for (sample, progress) in state.progress.enumerated() where progress.hasAdvanced {
                traces[sample].append(progress.value)
                #expect(progress.iterations == traces[sample].count)
            }
        }
        #expect(rounds == optimizer.progress.map(\.evaluations).max())
        for trace in traces { #expect(trace == trace.sorted(by: >)) }
    }

    @Test func `stopping at a checkpoint keeps the points reached`() throws {
        var optimizer = try LBFGS(Tensor([-1.2, 1] as [Double], shape: [1, 2]))
        #expect(throws: CancellationError.self) {
            try optimizer.run(evaluate: TestProblem.rosenbrock2.evaluate) { state in
                if state.progress[0].iterations == 4 { throw CancellationError() }
            }
        }
        let reached = try TestProblem.rosenbrock2.evaluate(optimizer.points()).values[0]
        #expect(reached == optimizer.progress[0].value)
        #expect(reached < 24)
    }

    @Test func `evaluations are counted as PyTorch counts them`() throws {
        let expected: [TestProblem: [Int]] = [
            .rosenbrock2: [25, 44, 45], .rosenbrock10: [23, 48, 72], .quadratic: [16, 17, 18],
        ]
        let golden = try GoldenTensors("numerics/optimisers.npz")
        for (problem, counts) in expected {
            let start = try golden["lbfgs_strongwolfe_\(problem.rawValue)_x"]
            var optimizer = try LBFGS(start.slice(0..<1, along: 0))
            for count in counts {
                try optimizer.run(evaluate: problem.evaluate)
                #expect(optimizer.progress[0].evaluations == count)
            }
        }
    }
}
