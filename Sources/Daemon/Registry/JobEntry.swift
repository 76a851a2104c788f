package import Jobs

/// A job that is under way or has ended, in a line.
package struct JobEntry: Codable, Equatable, Sendable {
    package enum State: String, Codable, Sendable {
        /// A worker is working on it.
        case running
        /// It is accepted, and waits or is being put away.
        case queued
        case finished, failed
    }

    package var id: String
    package var name: String
    package var state: State
    /// Attempts that were started; nil for jobs that have ended, and for those that cannot be read.
    package var attempts: Int?
    /// Why it waits, when it does not wait for its turn only.
    package var waitsFor: String?
    package var progress: StatusDocument.Progress?
    /// The folder in the Outbox, when the job has ended.
    package var result: String?

    /// A job that the daemon has accepted.
    package init(_ record: JobRecord) {
        id = record.id
        name = record.name
        state = record.state.kind == .running ? .running : .queued
        attempts = record.attempts
    }

    /// A job that is accepted, and is left as it is since it cannot be read.
    init(unread id: String, name: String, why: DaemonError) {
        self.id = id
        self.name = name
        state = .queued
        waitsFor = "its record: \(why)"
    }

    /// A job as the status tells of it.
    package init(_ job: StatusDocument.Job) {
        id = job.id
        name = job.name
        state = job.state == .running ? .running : .queued
        attempts = job.attempts
        waitsFor = job.waitsFor
        progress = job.progress
    }

    /// A job that has ended.
    package init(_ result: ResultName) {
        id = result.identifier.text
        name = result.name.text
        state = result.hasFailed ? .failed : .finished
        self.result = result.description
    }

    /// The job as it is when no daemon works: nothing happens to it.
    var unattended: JobEntry {
        var entry = self
        entry.state = .queued
        entry.progress = nil
        entry.waitsFor = "a daemon; none works here now"
        return entry
    }

    /// Whether the job has still to end.
    package var isActive: Bool { result == nil }
}
