import Models

/// Whether chains have found the same place, and how many independent draws they are worth.
///
/// Gelman et al. 2013, "Bayesian Data Analysis", sections 11.4 and 11.5; Geyer 1992, section 3.3, for
/// where the sum over lags ends.
package struct ChainDiagnosis: Sendable {
    /// R̂ of halves of chains; 1 when all are alike.
    package let scaleReduction: Double
    /// n m / (1 + 2 Σ ρₜ) for m chains of n draws.
    package let effectiveSize: Double

    /// Looks at one number of every draw of every chain, all of the same length; nil when there are
    /// fewer than four draws or the number never changes.
    package init?(_ chains: [[Double]]) {
        let length = chains.map(\.count).min() ?? 0
        guard length >= 4 else { return nil }
        let halves = chains.flatMap {
            [Array($0.prefix(length / 2)), Array($0.suffix(length / 2))]
        }
        guard let parts = Variances(halves), let whole = Variances(chains) else { return nil }
        scaleReduction = (parts.total / parts.within).squareRoot()
        effectiveSize = Self.effectiveSize(chains, whole, length)
    }

    private static func effectiveSize(
        _ chains: [[Double]], _ variances: Variances, _ length: Int
    ) -> Double {
        func correlation(_ lag: Int) -> Double {
            let shared = chains.reduce(0.0) { sum, chain in
                let mean = Spread(of: chain).mean
                let products = (0..<length - lag).reduce(0.0) {
                    $0 + (chain[$1] - mean) * (chain[$1 + lag] - mean)
                }
                return sum + products / Double(length - 1)
            }
            return 1 - (variances.within - shared / Double(chains.count)) / variances.total
        }
        var sum = 0.0
        var smallest = Double.infinity
        for lag in stride(from: 0, to: length - 1, by: 2) {
            let pair = correlation(lag) + correlation(lag + 1)
            guard pair > 0 else { break }
            smallest = min(smallest, pair)
            sum += smallest
        }
        let all = Double(chains.count * length)
        return min(all / max(2 * sum - 1, 1 / all), all)
    }
}

/// The variance of draws within chains and of all together.
private struct Variances {
    let within: Double
    let total: Double

    init?(_ chains: [[Double]]) {
        let length = Double(chains.map(\.count).min() ?? 0)
        let spreads = chains.map(Spread.init)
        within =
            spreads.reduce(0) { $0 + $1.deviation * $1.deviation } / Double(max(chains.count, 1))
        let between = chains.count > 1 ? Spread(of: spreads.map(\.mean)).deviation : 0
        total = within * (length - 1) / length + between * between
        guard within > 0, total.isFinite else { return nil }
    }
}
