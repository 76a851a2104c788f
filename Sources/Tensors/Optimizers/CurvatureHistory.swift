/// What L-BFGS remembers of one sample: an approximate inverse Hessian, never written down.
struct CurvatureHistory: Sendable {
    private struct Pair {
        let step: Tensor
        let gradientChange: Tensor
        /// 1 over the product of the two.
        let weight: Double
    }

    /// Pairs with less curvature would make the approximation indefinite.
    private static let leastCurvature = 1e-10

    private let capacity: Int
    private var pairs: [Pair] = []
    private var scale = 1.0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Remembers a step and what it did to the gradient, forgetting the oldest when full.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    mutating func add(step: Tensor, gradientChange: Tensor) throws(TorchError) {
        let curvature = try gradientChange.dotProduct(with: step)
        guard curvature > Self.leastCurvature, curvature.isFinite else { return }
        if pairs.count == capacity { pairs.removeFirst() }
        pairs.append(Pair(step: step, gradientChange: gradientChange, weight: 1 / curvature))
        scale = try curvature / gradientChange.dotProduct(with: gradientChange)
    }

    /// Minus the inverse Hessian times `gradient` (Nocedal, Wright 2006, algorithm 7.4).
    ///
    /// - Throws: `TorchError` when the shapes differ.
    func direction(against gradient: Tensor) throws(TorchError) -> Tensor {
        let q = try -gradient
        var a = [Double](repeating: 0, count: pairs.count)
        for (i, pair) in pairs.enumerated().reversed() {
            a[i] = try pair.step.dotProduct(with: q) * pair.weight
            try q.accumulate(pair.gradientChange, times: -a[i])
        }
        let r = try q * scale
        for (i, pair) in pairs.enumerated() {
            let b = try pair.gradientChange.dotProduct(with: r) * pair.weight
            try r.accumulate(pair.step, times: a[i] - b)
        }
        return r
    }
}
