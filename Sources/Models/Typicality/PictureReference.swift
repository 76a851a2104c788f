/// What a flow says of the pictures that it knows: the content of `reference.json`.
///
/// Restored pictures are smoother than true ones, and so more probable, the more so the more noise
/// they were restored from. So there is a level for each of several strengths of noise.
package struct PictureReference: Codable, Sendable, Equatable {
    /// Validation pictures after they were restored from noise of one strength.
    package struct Level: Codable, Sendable, Equatable {
        /// The standard deviation of the Gaussian noise; 0 for the pictures themselves.
        package let std: Double
        /// log p, in nats.
        package let logLikelihood: Spread
        /// ‖z‖² / D.
        package let energy: Spread
        /// What was left of the measurement beside what noise is: `Misfit`; nil for the pictures
        /// themselves.
        package let misfit: Spread?

        package init(std: Double, logLikelihood: Spread, energy: Spread, misfit: Spread?) {
            self.std = std
            self.logLikelihood = logLikelihood
            self.energy = energy
            self.misfit = misfit
        }

        enum CodingKeys: String, CodingKey {
            case std, energy, misfit
            case logLikelihood = "log_likelihood"
        }
    }

    package static let fileName = "reference.json"

    package var version = 1
    /// The digest of the weights that say so; others say something else.
    package let weights: String
    /// The SHA-256 of the data with the pictures, by file name.
    package let data: [String: String]
    /// At least one, the standard deviations ascending.
    package let levels: [Level]
    package let software: String

    package init(
        weights: String, data: [String: String], levels: [Level], software: String
    ) {
        self.weights = weights
        self.data = data
        self.levels = levels
        self.software = software
    }

    /// What is expected after noise of `std`; beyond the last level, the last.
    package func level(at std: Double) -> Level {
        guard let upper = levels.firstIndex(where: { $0.std >= std }) else {
            return levels[levels.count - 1]
        }
        guard upper > 0 else { return levels[0] }
        let (before, after) = (levels[upper - 1], levels[upper])
        return before.mixed(with: after, share: (std - before.std) / (after.std - before.std))
    }

    /// Why it cannot be compared with, nil when it can.
    var mistake: String? {
        guard version == 1 else {
            return "version \(version) is newer than this program; update it"
        }
        let stds = levels.map(\.std)
        let isAscending = zip(stds, stds.dropFirst()).allSatisfy { $0 < $1 }
        guard let first = stds.first, first >= 0, stds.allSatisfy(\.isFinite), isAscending else {
            return "the standard deviations of its levels do not ascend from 0"
        }
        let spreads = levels.flatMap {
            [$0.logLikelihood, $0.energy] + ($0.misfit.map { [$0] } ?? [])
        }
        return spreads.allSatisfy(\.isUsable)
            ? nil : "a spread needs a mean, a deviation above 0 and a count above 1"
    }
}

extension PictureReference.Level {
    /// Between this level and `other`, of which it has `share`.
    fileprivate func mixed(with other: Self, share: Double) -> Self {
        let misfit = zip(misfit, other.misfit).map { $0.mixed(with: $1, share: share) }
        return Self(
            std: std + share * (other.std - std),
            logLikelihood: logLikelihood.mixed(with: other.logLikelihood, share: share),
            energy: energy.mixed(with: other.energy, share: share),
            misfit: misfit ?? other.misfit ?? self.misfit)
    }
}

/// Both, or nothing.
private func zip<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
    guard let first, let second else { return nil }
    return (first, second)
}
