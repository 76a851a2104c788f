/// Which jobs could not be cancelled, and when each may be cancelled again.
///
/// It is kept by the name of a job, which is that of its attempt, so that all of an attempt is
/// forgotten with it: a daemon that runs for years holds those of the attempts that it watches.
package struct SlurmRefusals: Equatable, Sendable {
    private struct Refusal: Equatable, Sendable {
        var count: Int
        var next: Duration
    }

    /// By the name, then by the number; a job without one is whatever has the name.
    private var refusals: [String: [Int?: Refusal]] = [:]

    package init() {}

    /// Whether it is too early to ask again for the end of job `id` with the name `name`.
    package func hold(_ id: Int?, _ name: String, at now: Duration) -> Bool {
        guard let refusal = refusals[name]?[id] else { return false }
        return now < refusal.next
    }

    /// Notes that job `id` was not cancelled.
    ///
    /// - Parameters:
    ///   - id: its number.
    ///   - name: its name.
    ///   - now: when that was.
    ///   - pause: how long to wait after so many refusals in a row.
    package mutating func note(
        _ id: Int?, _ name: String, at now: Duration, pause: (Int) -> Duration
    ) {
        let count = (refusals[name]?[id]?.count ?? 0) + 1
        refusals[name, default: [:]][id] = Refusal(count: count, next: now + pause(count))
    }

    /// Forgets all jobs with the name `name`: nobody will cancel any of them again.
    package mutating func forget(_ name: String) { refusals[name] = nil }

    /// Forgets job `id`, which Slurm has cancelled.
    package mutating func forget(_ id: Int?, _ name: String) {
        refusals[name]?[id] = nil
        if refusals[name]?.isEmpty == true { refusals[name] = nil }
    }
}
