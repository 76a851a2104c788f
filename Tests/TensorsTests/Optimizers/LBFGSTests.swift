import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct LBFGSTests {
    static let configurations: [String: LBFGS.Settings] = [
        "strongwolfe": .init(),
        "lr1": .init(stepping: .fixed),
        "lr0.1": .init(stepping: .fixed, stepSize: 0.1),
        "lr1_hist3_maxiter7": .init(stepping: .fixed, historySize: 3, iterations: 7),
    ]

    @Test(arguments: configurations.keys.sorted(), TestProblem.allCases)
    func `trajectories are those of PyTorch`(_ name: String, _ problem: TestProblem) throws {
        let golden = try GoldenTensors("numerics/optimisers.npz")
        let tag = "lbfgs_\(name)_\(problem.rawValue)"
        let rows = try golden["\(tag)_x"]
        let values = try golden["\(tag)_f"].doubles()
        let sensitivity = try golden["\(tag)_sensitivity"].doubles()
        var optimizer = try LBFGS(rows.slice(0..<1, along: 0), #require(Self.configurations[name]))
        for step in 1..<rows.shape[0] {
            var first: Double?
            try optimizer.run { points in
                let result = try problem.evaluate(points)
                first = first ?? result.values[0]
                return result
            }
            let tolerance = Tolerance(absolute: max(1e-10, 1000 * sensitivity[step]))
            try expectClose(optimizer.points().element(0), rows.element(step), tolerance: tolerance)
            try expectClose(
                first ?? .nan, values[step - 1],
                tolerance: Tolerance(absolute: 1e-8, relative: 1e-8))
        }
    }
}
