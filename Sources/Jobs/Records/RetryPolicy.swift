/// When a job gets another attempt.
///
/// What a job does by itself counts against it, what is done to it by others hardly does; see
/// `Docs/decisions/0010-killed-workers.md`.
package struct RetryPolicy: Equatable, Sendable {
    /// Attempts that may end in a crash, without memory or out of time.
    package var faults: Int
    /// Attempts that others may end by killing the worker.
    package var kills: Int
    /// Attempts during which the daemon may die.
    package var interruptions: Int
    /// The wait after the first failure of the environment; it doubles with each further one.
    package var firstDelay: Duration
    package var longestDelay: Duration

    package init(
        faults: Int = 2, kills: Int = 20, interruptions: Int = 20,
        firstDelay: Duration = .seconds(60), longestDelay: Duration = .seconds(3600)
    ) {
        self.faults = faults
        self.kills = kills
        self.interruptions = interruptions
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    /// The wait after the environment has failed `count` times in a row.
    package func delay(after count: Int) -> Duration {
        let doublings = min(max(count - 1, 0), 20)
        return min(firstDelay * (1 << doublings), longestDelay)
    }
}
