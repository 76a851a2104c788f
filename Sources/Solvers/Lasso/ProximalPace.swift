/// Step size, momentum and stage of one sample.
struct ProximalPace {
    /// How much the penalty falls from stage to stage.
    private static let fall = 0.3
    /// How well a stage before the last is solved, as a part of its penalty.
    private static let roughness = 0.1
    /// How many steps in a row may find nothing better where rounding may be the reason.
    private static let patience = 50
    /// What rounding may miss the conditions by, as a multiple of what numbers resolve.
    private static let noise = 20.0

    /// λ of this stage.
    private(set) var penalty: Double
    /// L, what the steps are divided by.
    private(set) var curvature: Double
    private(set) var isFinished = false
    /// Whether it ended where numbers are no longer finite.
    private(set) var isLost = false
    var iterations = 0
    /// m, by which the next step begins ahead of the point.
    private(set) var momentum = 0.0

    private let last: Double
    private let steepest: Double
    private let margin: Double
    private let rounding: Double
    private var age = 1.0
    private var best = Double.infinity
    private var stale = 0

    /// A pace towards the penalty `last`.
    ///
    /// - Parameters:
    ///   - last: λ of the problem.
    ///   - tolerance: how far its conditions may be missed, as a part of λ.
    ///   - slope: the largest gradient at the start, where all coefficients are 0.
    ///   - resolution: the smallest part of `slope` that numbers resolve.
    ///   - curvature: L to begin with.
    ///   - steepest: what L can never exceed.
    ///   - isDirect: whether the first step is the answer.
    init(
        penalty last: Double, tolerance: Double, slope: Double, resolution: Double,
        curvature: Double, steepest: Double, isDirect: Bool
    ) {
        self.last = last
        self.steepest = steepest
        self.curvature = curvature
        // Without a penalty, the gradient itself is to vanish.
        margin = max(tolerance * (last > 0 ? last : 1e-4 * slope), resolution * slope)
        rounding = Self.noise * resolution * slope
        penalty = isDirect ? last : max(last, Self.fall * slope)
        if !slope.isFinite { giveUp() }
    }

    /// Goes no further: no later step would find finite numbers again.
    mutating func giveUp() {
        isLost = true
        isFinished = true
    }

    /// Takes notice of a curvature that was met on the way.
    mutating func meet(_ found: Double) {
        // Between points that are hardly apart, rounding passes for curvature.
        guard curvature < steepest, found.isFinite, found > curvature else { return }
        curvature = min(found * 1.02, steepest)
        age = 1
    }

    /// Whether the steps only move by what rounding does, which differs from processor to processor.
    private mutating func isAtRest(_ violation: Double) -> Bool {
        stale = violation < best ? 0 : stale + 1
        best = min(best, violation)
        return stale >= Self.patience && best <= rounding
    }

    /// Goes on after a step.
    mutating func advance(isUphill: Bool, violation: Double) {
        let older = (1 + (1 + 4 * age * age).squareRoot()) / 2
        momentum = isUphill ? 0 : (age - 1) / older
        age = isUphill ? 1 : older
        guard penalty > last else {
            isFinished = violation <= margin || isAtRest(violation)
            return
        }
        guard violation <= max(Self.roughness * penalty, margin) else { return }
        let next = penalty * Self.fall
        penalty = next <= max(last, margin) ? last : next
        momentum = 0
        age = 1
    }
}
