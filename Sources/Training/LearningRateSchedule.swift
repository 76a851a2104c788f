import Glibc

/// How the learning rate changes with the steps.
package struct LearningRateSchedule: Codable, Sendable, Equatable {
    package enum Decay: Codable, Sendable, Equatable {
        case none
        /// Halved every so many epochs.
        case halving(epochs: Int)
        /// Half a cosine from the peak down to 0 at the last step.
        case cosine
    }

    package var peak: Double
    /// Steps over which the rate rises from 0 to its peak.
    package var warmUp: Int
    package var decay: Decay

    package init(peak: Double, warmUp: Int = 0, decay: Decay = .none) {
        self.peak = peak
        self.warmUp = warmUp
        self.decay = decay
    }

    /// The learning rate of a step, counted from 0.
    package func rate(step: Int, of steps: Int, perEpoch: Int) -> Double {
        if step < warmUp { return peak * Double(step + 1) / Double(warmUp) }
        switch decay {
        case .none: return peak
        case .halving(let epochs):
            return peak * pow(0.5, Double(step / max(perEpoch * epochs, 1)))
        case .cosine:
            let progress = Double(step - warmUp) / Double(max(steps - warmUp, 1))
            return peak * 0.5 * (1 + cos(Double.pi * min(progress, 1)))
        }
    }
}
