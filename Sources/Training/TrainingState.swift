/// Where a training is, apart from its tensors.
package struct TrainingState: Codable, Sendable, Equatable {
    /// Steps taken.
    package var step: Int
    /// Seconds of computing so far, over all pieces.
    package var seconds: Double
    /// The factor by which non-finite losses have lowered the learning rate, from which good steps recover.
    package var rateFactor: Double
    /// Steps that were skipped because something was not finite.
    package var skipped: Int
    /// The last validation result, as the objective tells it.
    package var validation: Double?
    /// The best validation result.
    package var best: Double?
    /// Validations since the best one.
    package var sinceBest: Int?

    /// Whether a training can go on from here; a damaged file may say anything.
    var isPossible: Bool {
        step >= 0 && seconds >= 0 && seconds.isFinite && skipped >= 0 && rateFactor > 0
            && rateFactor <= 1
    }

    package init() {
        step = 0
        seconds = 0
        rateFactor = 1
        skipped = 0
        validation = nil
        best = nil
        sinceBest = nil
    }
}
