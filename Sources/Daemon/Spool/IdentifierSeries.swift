import Jobs
import Synchronization

/// Identifiers for jobs that are accepted one after the other: each is greater than the one before,
/// so that of jobs of one name the newest can be told, also within a second.
package final class IdentifierSeries: Sendable {
    private let last = Mutex<JobIdentifier?>(nil)

    package init() {}

    /// The next one, for a moment in seconds since 1970.
    package func next(at date: Double) -> String {
        last.withLock { last in
            var generator = SystemRandomNumberGenerator()
            let next = JobIdentifier(
                secondsSince1970: Int64(date), after: last, using: &generator)
            last = next
            return next.text
        }
    }
}
