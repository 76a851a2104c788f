import Pipeline

/// How fast the iterations of a job go.
struct Pace {
    private var picture: String?
    private var first: (time: ContinuousClock.Instant, iteration: Int)?

    /// Iterations a second since the pictures that `progress` is about were begun.
    ///
    /// - Returns: nil until their second iteration; finding a start does not count.
    mutating func rate(after progress: JobProgress, at time: ContinuousClock.Instant) -> Double? {
        guard progress.iteration > 0 else { return nil }
        guard picture == progress.picture, let first else {
            picture = progress.picture
            first = (time, progress.iteration)
            return nil
        }
        let seconds = (time - first.time) / .seconds(1)
        guard seconds > 0 else { return nil }
        return Double(progress.iteration - first.iteration) / seconds
    }
}
