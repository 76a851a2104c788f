/// A search along a line for a step that satisfies the strong Wolfe conditions.
///
/// It is asked for the next `step` to try and told what was found there, until it has a
/// `result`. A step to an infinite value or NaN is cut to a tenth.
///
/// Nocedal, Wright 2006, algorithms 3.5 and 3.6, in the form of minFunc and PyTorch.
struct WolfeSearch: Sendable {
    private enum Phase {
        /// Going forward until a step is too long.
        case bracketing(previous: LinePoint)
        /// Narrowing an interval that holds a good step.
        case zooming(Bracket)
        case finished(LinePoint)
    }

    /// An interval; the value at `low` is the lowest found.
    private struct Bracket {
        var ends: [LinePoint]
        var lowIndex: Int
        var isStalled = false

        init(_ a: LinePoint, _ b: LinePoint) {
            ends = [a, b]
            lowIndex = a.value <= b.value ? 0 : 1
        }

        var low: LinePoint {
            get { ends[lowIndex] }
            set { ends[lowIndex] = newValue }
        }
        var high: LinePoint {
            get { ends[1 - lowIndex] }
            set { ends[1 - lowIndex] = newValue }
        }
        var steps: ClosedRange<Double> {
            min(low.step, high.step)...max(low.step, high.step)
        }
    }

    /// How much of the decrease that the slope promises is enough.
    private static let sufficientDecrease = 1e-4
    /// How much of the first slope may be left.
    private static let remainingSlope = 0.9
    private static let nonFiniteCut = 0.1

    private let start: LinePoint
    private let directionSize: Double
    private let changeTolerance: Double
    private let trials: Int
    private var phase: Phase
    private var trial = 0
    /// The shortest step that led to an infinite value or NaN.
    private var ceiling = Double.infinity
    /// The step to try next.
    private(set) var step: Double

    /// A search from `start`, at step 0, along a direction whose largest component is
    /// `directionSize`, with at most `trials` steps after the first.
    init(
        from start: LinePoint, firstStep: Double, directionSize: Double, trials: Int,
        changeTolerance: Double
    ) {
        self.start = start
        self.directionSize = directionSize
        self.changeTolerance = changeTolerance
        self.trials = trials
        step = firstStep
        phase = .bracketing(previous: start)
    }

    /// The best point, once the search has ended; at step 0 when no better one was found.
    var result: LinePoint? {
        if case .finished(let point) = phase { point } else { nil }
    }

    /// Takes notice of what is at `step`.
    mutating func tell(_ point: LinePoint) {
        switch phase {
        case .bracketing(let previous) where !point.isFinite:
            ceiling = step
            backOff(towards: previous, orEndAt: previous.value < start.value ? previous : start)
        case .zooming(let bracket) where !point.isFinite:
            backOff(towards: bracket.low, orEndAt: bracket.low)
        case .bracketing(let previous): extend(from: previous, to: point)
        case .zooming(let bracket): narrow(bracket, by: point)
        case .finished: preconditionFailure("the search has ended")
        }
    }

    private mutating func backOff(towards point: LinePoint, orEndAt best: LinePoint) {
        trial += 1
        let length = Self.nonFiniteCut * (step - point.step)
        if trial < trials, abs(length) * directionSize >= changeTolerance {
            step = point.step + length
        } else {
            phase = .finished(best)
        }
    }

    private mutating func extend(from previous: LinePoint, to point: LinePoint) {
        if trial >= trials {
            phase = .finished(start.value <= point.value ? start : point)
        } else if isTooHigh(point) || (trial > 1 && point.value >= previous.value) {
            zoom(Bracket(previous, point))
        } else if isFlat(point) {
            phase = .finished(point)
        } else if point.slope >= 0 {
            zoom(Bracket(previous, point))
        } else {
            let longest = min(10 * step, (step + ceiling) / 2)
            let shortest = min(step + 0.01 * (step - previous.step), longest)
            step = LinePoint.cubicMinimum(previous, point, within: shortest...longest)
            phase = .bracketing(previous: point)
            trial += 1
        }
    }

    private mutating func narrow(_ old: Bracket, by point: LinePoint) {
        var bracket = old
        trial += 1
        if isTooHigh(point) || point.value >= bracket.low.value {
            bracket.high = point
            bracket.lowIndex = bracket.ends[0].value <= bracket.ends[1].value ? 0 : 1
        } else if isFlat(point) {
            phase = .finished(point)
            return
        } else {
            if point.slope * (bracket.high.step - bracket.low.step) >= 0 {
                bracket.high = bracket.low
            }
            bracket.low = point
        }
        zoom(bracket)
    }

    /// Chooses the next step inside `bracket`, or ends when it is too small.
    private mutating func zoom(_ old: Bracket) {
        var bracket = old
        let steps = bracket.steps
        let length = steps.upperBound - steps.lowerBound
        guard trial < trials, length * directionSize >= changeTolerance else {
            phase = .finished(bracket.low)
            return
        }
        step = LinePoint.cubicMinimum(bracket.ends[0], bracket.ends[1], within: steps)
        let margin = 0.1 * length
        let isNearEnd = min(steps.upperBound - step, step - steps.lowerBound) < margin
        let isMoved = isNearEnd && (bracket.isStalled || !steps.isInside(step))
        if isMoved {
            let isNearUpper = abs(step - steps.upperBound) < abs(step - steps.lowerBound)
            step = isNearUpper ? steps.upperBound - margin : steps.lowerBound + margin
        }
        bracket.isStalled = isNearEnd && !isMoved
        phase = .zooming(bracket)
    }

    private func isTooHigh(_ point: LinePoint) -> Bool {
        point.value > start.value + Self.sufficientDecrease * point.step * start.slope
    }

    private func isFlat(_ point: LinePoint) -> Bool {
        abs(point.slope) <= -Self.remainingSlope * start.slope
    }
}

extension ClosedRange<Double> {
    /// Whether `value` is strictly between the bounds.
    fileprivate func isInside(_ value: Double) -> Bool {
        value > lowerBound && value < upperBound
    }
}
