/// How well probe pictures fit the variants that one file can be read as.
package struct VariantDetection: Sendable, Equatable {
    /// A variant and the bits per dimension of the probe pictures under it.
    package struct Candidate: Sendable, Equatable {
        package let name: String
        package let bitsPerDimension: Double

        package init(name: String, bitsPerDimension: Double) {
            self.name = name
            self.bitsPerDimension = bitsPerDimension
        }
    }

    /// The best variant first.
    package let candidates: [Candidate]

    /// The variants in the order of their fit; what is not finite comes last.
    package init(_ candidates: [Candidate]) {
        self.candidates = candidates.sorted { a, b in
            Self.rank(a.bitsPerDimension) < Self.rank(b.bitsPerDimension)
        }
    }

    /// How much worse the second best is, in bits per dimension.
    package var margin: Double {
        guard candidates.count > 1 else { return .infinity }
        return Self.rank(candidates[1].bitsPerDimension) - Self.rank(candidates[0].bitsPerDimension)
    }

    /// Whether the second best is clearly worse.
    package var isClear: Bool { margin >= 0.05 }

    /// The result as a sentence.
    package var sentence: String {
        guard let best = candidates.first, candidates.count > 1 else { return "" }
        return """
            detected \(best.name): \(rounded(best.bitsPerDimension)) bits/dim on probe pictures, \
            \(rounded(margin)) less than the next, \(candidates[1].name)
            """
    }

    private static func rank(_ bits: Double) -> Double { bits.isFinite ? bits : .infinity }

    private func rounded(_ value: Double) -> String {
        value.isFinite ? "\((value * 100).rounded() / 100)" : "infinitely many"
    }
}
