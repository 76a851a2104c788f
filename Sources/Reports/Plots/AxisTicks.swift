#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The numbers that are written beside an axis.
struct AxisTicks {
    struct Tick: Equatable {
        let value: Double
        let label: String
    }

    let ticks: [Tick]

    /// Up to eight ticks within `range`, whose bounds are values, not places.
    init(within range: ClosedRange<Double>, scale: AxisScale) {
        switch scale {
        case .linear: ticks = Self.linear(range)
        case .logarithmic: ticks = Self.logarithmic(range)
        case .symmetric(let width): ticks = Self.symmetric(range, linearWithin: width)
        }
    }

    private static func linear(_ range: ClosedRange<Double>) -> [Tick] {
        let span = range.upperBound - range.lowerBound
        let bound = max(range.lowerBound.magnitude, range.upperBound.magnitude)
        // Closer together than numbers can be told apart.
        guard span > max(bound * 1e-12, 1e-280) else { return [tick(range.lowerBound, digits: 0)] }
        let rough = span / 7
        let decade = pow(10, log10(rough).rounded(.down))
        let step = ([1, 2, 5, 10].first { $0 * decade >= rough * 0.999 } ?? 10) * decade
        let digits = max(0, -Int(log10(step * 1.001).rounded(.down)))
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        return stride(from: first, through: last, by: 1).map { tick($0 * step, digits: digits) }
    }

    private static func tick(_ value: Double, digits: Int) -> Tick {
        let isOrdinary = (1e-4..<1e6).contains(value.magnitude)
        return Tick(value: value, label: isOrdinary ? value.fixed(digits) : value.significant(3))
    }

    private static func logarithmic(_ range: ClosedRange<Double>) -> [Tick] {
        let first = Int((log10(range.lowerBound) - 1e-9).rounded(.up))
        let last = Int((log10(range.upperBound) + 1e-9).rounded(.down))
        guard last - first >= 2 else {
            let between = (first - 1...max(first, last) + 1).flatMap { exponent in
                [1.0, 2, 5].map { $0 * pow(10, Double(exponent)) }
            }.filter(range.contains)
            return between.count < 2
                ? linear(range) : between.map { Tick(value: $0, label: $0.significant(1)) }
        }
        return decades(first, last).map {
            Tick(value: pow(10, Double($0)), label: Double.powerOfTen($0))
        }
    }

    private static func symmetric(
        _ range: ClosedRange<Double>, linearWithin width: Double
    ) -> [Tick] {
        let first = Int(log10(max(width, 1e-150)).rounded())
        let greatest = max(range.lowerBound.magnitude, range.upperBound.magnitude, width)
        let powers = decades(first, max(first, Int(log10(greatest).rounded(.down))))
        let positive = powers.map {
            Tick(value: pow(10, Double($0)), label: Double.powerOfTen($0))
        }
        let negative = positive.reversed().map {
            Tick(value: -$0.value, label: "\u{2212}" + $0.label)
        }
        return (negative + [Tick(value: 0, label: "0")] + positive)
            .filter { range.contains($0.value) }
    }

    /// At most seven of the exponents from `first` to `last`.
    private static func decades(_ first: Int, _ last: Int) -> [Int] {
        Array(stride(from: first, through: last, by: (last - first) / 7 + 1))
    }
}
