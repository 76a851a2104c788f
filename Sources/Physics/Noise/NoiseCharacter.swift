/// What kind of density a noise model has, which is what solvers choose their ways by.
package enum NoiseCharacter: Sendable, Equatable {
    /// There is none: the measurement is exact.
    case exact
    /// Gaussian, independent from element to element.
    case gaussian
    /// Independent from element to element, with heavier tails.
    case heavyTailed
    /// Of numbers of events, as wide as the root of what is measured.
    case counting
    /// Given by a trained model, in places that are known.
    case learned
    /// Given by a trained model, everywhere.
    case learnedThroughout

    /// Whether a trained model gives it.
    package var isLearned: Bool { self == .learned || self == .learnedThroughout }
}
