import Glibc

/// Student's t, the distribution of what a few values say of the next.
struct StudentDistribution {
    let degreesOfFreedom: Double

    /// P(T ≤ t).
    ///
    ///     1 − ½ I_{ν/(ν+t²)}(ν/2, ½) for t ≥ 0
    ///
    /// Abramowitz, Stegun 1964, 26.7.1 and 26.5.27.
    func cumulative(_ t: Double) -> Double {
        guard t.isFinite else { return t > 0 ? 1 : t < 0 ? 0 : .nan }
        let share = degreesOfFreedom / (degreesOfFreedom + t * t)
        let tail = 0.5 * Self.incompleteBeta(share, degreesOfFreedom / 2, 0.5)
        return t < 0 ? tail : 1 - tail
    }

    /// The regularised incomplete beta function I_x(a, b).
    ///
    /// By a continued fraction, which converges quickly for x < (a + 1)/(a + b + 2); beyond,
    /// I_x(a, b) = 1 − I_{1−x}(b, a). Abramowitz, Stegun 1964, 26.5.8.
    static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        guard x < (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
        let front = exp(
            lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
        return front * continuedFraction(x, a, b) / a
    }

    /// Lentz's way of evaluating it from the front.
    private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
        var numerator = 1.0
        var denominator = 1 / kept(1 - (a + b) * x / (a + 1))
        var result = denominator
        for index in 1...300 {
            let m = Double(index)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            denominator = 1 / kept(1 + even * denominator)
            numerator = kept(1 + even / numerator)
            result *= denominator * numerator
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            denominator = 1 / kept(1 + odd * denominator)
            numerator = kept(1 + odd / numerator)
            let factor = denominator * numerator
            result *= factor
            if abs(factor - 1) < 1e-14 { break }
        }
        return result
    }
}
