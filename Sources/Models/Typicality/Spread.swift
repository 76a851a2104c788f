/// How a number is spread over some pictures, and where in it another picture stands.
package struct Spread: Codable, Sendable, Equatable {
    package let mean: Double
    /// The root of the variance, which is that of a sample: over n − 1.
    package let deviation: Double
    /// How many pictures were looked at; at least 2.
    package let count: Int

    package init(mean: Double, deviation: Double, count: Int) {
        self.mean = mean
        self.deviation = deviation
        self.count = count
    }

    /// The spread of two or more values.
    package init(of values: [Double]) {
        precondition(values.count > 1, "one value has no spread")
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.init(
            mean: mean, deviation: (squares / Double(values.count - 1)).squareRoot(),
            count: values.count)
    }

    /// The probability that a picture of the same kind has a lower value, as far as so few
    /// pictures tell.
    ///
    ///     P(T ≤ (value − mean) / (s √(1 + 1/n))), T Student's t with n − 1 degrees of freedom
    package func quantile(of value: Double) -> Double {
        let width = deviation * (1 + 1 / Double(count)).squareRoot()
        return StudentDistribution(degreesOfFreedom: Double(count - 1))
            .cumulative((value - mean) / width)
    }

    /// Between this spread and `other`, of which it has `share`.
    func mixed(with other: Spread, share: Double) -> Spread {
        Spread(
            mean: mean + share * (other.mean - mean),
            deviation: deviation + share * (other.deviation - deviation),
            count: min(count, other.count))
    }

    /// The same with one more independent source of deviation.
    package func widened(by other: Double) -> Spread {
        Spread(
            mean: mean, deviation: (deviation * deviation + other * other).squareRoot(),
            count: count)
    }

    /// Whether it can be compared with.
    var isUsable: Bool { mean.isFinite && deviation.isFinite && deviation > 0 && count > 1 }
}
