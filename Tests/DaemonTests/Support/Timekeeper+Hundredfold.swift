import Daemon

extension Timekeeper {
    /// A clock that runs a hundred times as fast from now on, on one day.
    static var hundredfold: Timekeeper {
        let start = ContinuousClock.now
        return Timekeeper(
            now: { start.duration(to: .now) * 100 },
            sleep: { try await Task.sleep(for: $0 / 100) }, date: { 1e9 })
    }
}
