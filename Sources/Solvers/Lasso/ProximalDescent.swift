import Physics
import Tensors

/// FISTA on a penalty that falls in stages, every sample with steps and stages of its own.
///
///     p = c + m (c − c′);  c″ = shrink(p − g(p)/L, λ/L)
///
/// Momentum begins anew when it points uphill. A stage ends when its optimality conditions roughly
/// hold: the next begins near its own answer, which a small λ alone would take very long to reach.
/// Where AᵀA is a multiple of the identity, the first step is the answer.
///
/// Beck, Teboulle 2009, section 4; O'Donoghue, Candès 2015, section 3.2; Hale, Yin, Zhang 2008.
struct ProximalDescent {
    let `operator`: any LinearOperator
    let basis: any PictureBasis
    let measurement: Tensor
    let settings: Lasso.Settings

    /// Goes down from the coefficients `start`.
    ///
    /// - Throws: what `checkpoint` throws, or `TorchError`.
    func run(
        from start: Tensor, checkpoint: (Solution.Step) throws -> Void
    ) throws -> Solution {
        let began = ContinuousClock.now
        var (point, picture) = try located(start)
        var before = point
        let curvature = try curvature(like: start)
        var paces = try self.paces(at: point, curvature)
        for iteration in 1...max(settings.iterations, 1) {
            let ahead = try point.extrapolated(from: before, by: paces.map(\.momentum))
            let steps = paces.map { 1 / $0.curvature }
            let target = try
                (ahead.coefficients
                - ahead.gradient * Tensor.perSample(steps, like: ahead.gradient))
                .shrunk(by: paces.map { $0.penalty / $0.curvature })
            let (found, foundPicture) = try located(target)
            let violation = try found.violation(of: paces.map(\.penalty))
            for sample in paces.indices where !paces[sample].isFinished {
                if !violation[sample].isFinite { paces[sample].giveUp() }
            }
            let isResting = paces.map(\.isFinished)
            let next = try point.kept(for: isResting, else: found)
            picture = try picture.chosen(
                where: .choosing(isResting, like: picture), else: foundPicture)
            try advance(&paces, from: point, past: ahead, to: next, violation, in: iteration)
            (before, point) = (point, next)
            try checkpoint(
                Solution.Step(
                    iteration: iteration, total: settings.iterations, terms: terms(at: point),
                    seconds: (ContinuousClock.now - began) / .seconds(1), draft: picture))
            if paces.allSatisfy(\.isFinished) { break }
        }
        let terms = try self.terms(at: point)
        return Solution(
            image: picture, terms: terms, logLikelihood: nil,
            iterations: paces.map(\.iterations), warnings: warnings(paces, terms))
    }

    /// Coefficients with residual and gradient, and their pictures.
    private func located(
        _ coefficients: Tensor
    ) throws(TorchError) -> (point: ProximalPoint, picture: Tensor) {
        let picture = try basis.pictures(of: coefficients)
        let residual = try `operator`.apply(picture) - measurement
        let gradient = try basis.coefficients(of: `operator`.adjoint(residual)) * 2
        let point = ProximalPoint(
            coefficients: coefficients, residual: residual, gradient: gradient)
        return (point, picture)
    }

    private func paces(
        at start: ProximalPoint, _ curvature: Double
    ) throws(TorchError) -> [ProximalPace] {
        let isDouble = try start.gradient.dataType() == .float64
        return try start.gradient.magnitude().largest(over: [1, 2, 3]).doubles().map { slope in
            ProximalPace(
                penalty: settings.lambda, tolerance: settings.tolerance, slope: slope,
                resolution: isDouble ? 1e-13 : 2e-7, curvature: curvature, steepest: steepest,
                isDirect: isMultipleOfIdentity)
        }
    }

    private func advance(
        _ paces: inout [ProximalPace], from point: ProximalPoint, past ahead: ProximalPoint,
        to next: ProximalPoint, _ violation: [Double], in iteration: Int
    ) throws(TorchError) {
        let step = try next.coefficients - ahead.coefficients
        let length = try step.square().sumPerSample().doubles()
        let bend = try (next.residual - ahead.residual).square().sumPerSample().doubles()
        let uphill = try (-step * (next.coefficients - point.coefficients)).sumPerSample().doubles()
        for sample in paces.indices where !paces[sample].isFinished {
            paces[sample].iterations = iteration
            if length[sample] > 0 { paces[sample].meet(2 * bend[sample] / length[sample]) }
            paces[sample].advance(isUphill: uphill[sample] > 0, violation: violation[sample])
        }
    }

    private func terms(at point: ProximalPoint) throws(TorchError) -> [Solution.Terms] {
        let data = try point.residual.square().sumPerSample().doubles()
        let sums = try point.coefficients.magnitude().sumPerSample().doubles()
        return zip(data, sums).map { Solution.Terms(data: $0, prior: settings.lambda * $1) }
    }

    private func warnings(
        _ paces: [ProximalPace], _ terms: [Solution.Terms]
    ) -> [Solution.Warning] {
        paces.indices.compactMap { sample in
            guard terms[sample].objective.isFinite else {
                return Solution.Warning(
                    sample: sample,
                    "no picture with a finite objective was found; check the measurement and the "
                        + "factors of forward")
            }
            guard !paces[sample].isFinished || paces[sample].isLost else { return nil }
            return Solution.Warning(
                sample: sample,
                "after \(paces[sample].iterations) iterations the optimality conditions are not "
                    + "met yet; a larger lambda is reached sooner")
        }
    }

    private var isMultipleOfIdentity: Bool {
        (try? `operator`.diagonal(like: measurement))??.count == 1
    }

    /// 2‖A‖² from a few rounds of the power method, or the bound where it is as good.
    ///
    /// - Throws: `TorchError` when memory is short.
    private func curvature(like start: Tensor) throws(TorchError) -> Double {
        guard !isMultipleOfIdentity else { return steepest }
        var generator = Generator(seed: 0)
        var direction = try generator.normal(
            [1] + start.shape.dropFirst(), start.dataType(), on: start.device())
        var size = 0.0
        for _ in 0..<20 {
            let image = try `operator`.adjoint(`operator`.apply(direction))
            size = try image.square().sum().item().squareRoot()
            guard size > 0 else { return max(steepest, .leastNormalMagnitude) }
            direction = try image / size
        }
        // The method comes from below; what is missing is noticed on the way.
        return min(steepest, 2 * size * 1.02)
    }

    /// 2‖A‖² by the bound that the operator states.
    private var steepest: Double { 2 * `operator`.normBound * `operator`.normBound }
}
