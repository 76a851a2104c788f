import Glibc

/// A point on a line, with the value, the gradient, and the slope along the line.
struct LinePoint: Sendable {
    let step: Double
    let value: Double
    let slope: Double
    let gradient: Tensor

    /// Whether the point can be used; an infinite or NaN component makes the slope non-finite.
    var isFinite: Bool { value.isFinite && slope.isFinite }

    /// The step to the minimum of the cubic through two points, held within bounds.
    ///
    /// It is the middle of the bounds when the cubic has no minimum. Nocedal, Wright 2006, equation
    /// 3.59.
    static func cubicMinimum(
        _ a: LinePoint, _ b: LinePoint, within bounds: ClosedRange<Double>
    ) -> Double {
        let d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step)
        let square = d1 * d1 - a.slope * b.slope
        guard square >= 0 else { return (bounds.lowerBound + bounds.upperBound) / 2 }
        let d2 = sqrt(square)
        let (near, far) = a.step <= b.step ? (a, b) : (b, a)
        let minimum =
            far.step
            - (far.step - near.step)
            * ((far.slope + d2 - d1) / (far.slope - near.slope + 2 * d2))
        guard minimum.isFinite else { return (bounds.lowerBound + bounds.upperBound) / 2 }
        return min(max(minimum, bounds.lowerBound), bounds.upperBound)
    }
}
