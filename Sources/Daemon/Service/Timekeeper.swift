/// Where the daemon gets its time from: only the monotonic clock decides when something happens.
package struct Timekeeper: Sendable {
    /// The time since some moment in the past.
    package let now: @Sendable () -> Duration
    /// Waits; ends early, with an error, when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void
    /// Seconds since 1970, for what people read.
    package let date: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        date: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.date = date
    }

    /// The time of `clock`, counted from now.
    package init<C: Clock>(_ clock: C, date: @escaping @Sendable () -> Double)
    where C.Duration == Duration {
        let start = clock.now
        self.init(
            now: { start.duration(to: clock.now) },
            sleep: { try await clock.sleep(for: $0) }, date: date)
    }
}
