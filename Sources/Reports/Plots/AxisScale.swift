#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How an axis spreads numbers.
package enum AxisScale: Equatable, Sendable {
    case linear
    /// For positive numbers; others have no place on it.
    case logarithmic
    /// Logarithmic in both directions away from zero, linear within `linearWithin` of it: for
    /// numbers of both signs that span decades.
    case symmetric(linearWithin: Double)

    /// The scale on which `values` can be told apart: not linear only where they span decades.
    package static func fitting(_ values: [Double]) -> AxisScale {
        let magnitudes = values.filter(\.isFinite).map(\.magnitude).filter { $0 > 0 }.sorted()
        guard let least = magnitudes.first, let greatest = magnitudes.last else { return .linear }
        if values.allSatisfy({ $0 > 0 || !$0.isFinite }) {
            return greatest / least >= 100 ? .logarithmic : .linear
        }
        let median = magnitudes[magnitudes.count / 2]
        guard greatest / median >= 100 else { return .linear }
        return .symmetric(linearWithin: pow(10, log10(median).rounded(.down)))
    }

    /// The place of `value` on an axis that is linear; nil where it has none.
    func place(_ value: Double) -> Double? {
        // Far inside what a number can hold, so that margins around it stay finite.
        guard value.magnitude <= 1e150 else { return nil }
        return switch self {
        case .linear: value
        case .logarithmic: value >= 1e-150 ? log10(value) : nil
        case .symmetric(let width): asinh(value / max(width, 1e-150))
        }
    }

    /// The value whose place is `place`.
    func value(at place: Double) -> Double {
        let value =
            switch self {
            case .linear: place
            case .logarithmic: pow(10, place)
            case .symmetric(let width): sinh(place) * max(width, 1e-150)
            }
        return min(max(value, -1e300), 1e300)
    }
}
