package import Jobs

/// The numbers of one life of the daemon.
package struct Metrics: Sendable {
    /// The shortest time between two writings, and the longest while the daemon works.
    private static let pauses = (busy: Duration.seconds(5), idle: Duration.seconds(30))

    /// How an attempt ended, as far as the job's next state tells.
    enum AttemptEnd: String, CaseIterable {
        case finished, failed
        /// It is to be tried again.
        case repeated
    }

    private(set) var jobs: [Bool: Int] = [:]
    /// Finished jobs whose results warn of something.
    private(set) var warnedJobs = 0
    private(set) var attempts: [AttemptEnd: Int] = [:]
    private(set) var jobDurations = Histogram()
    private(set) var attemptDurations = Histogram()
    private(set) var freeBytes: Int?
    /// Since when submissions have been in the Inbox, by name.
    private(set) var waitingSince: [FileName: Duration] = [:]
    /// Submissions of which nothing is there, and since when the first of them has waited.
    var absent: (count: Int, since: Duration?) { (waitingRoom.count, waitingRoom.oldest) }
    private var waitingRoom = WaitingRoom()
    private var attemptStarts: [String: Duration] = [:]
    private var isStale = true
    private var notBefore = Duration.zero
    private var notAfter = Duration.zero

    package init() {}

    /// When the numbers are to be written.
    package var nextWrite: Duration { isStale ? notBefore : notAfter }

    mutating func touch() {
        isStale = true
    }

    mutating func noteWriting(at now: Duration) {
        isStale = false
        notBefore = now + Self.pauses.busy
        notAfter = now + Self.pauses.idle
    }

    mutating func noteStart(of id: String, at now: Duration) {
        attemptStarts[id] = now
        touch()
    }

    /// An attempt has ended, and this is the job after it.
    package mutating func noteEnd(_ record: JobRecord, at now: Duration) {
        touch()
        if let start = attemptStarts.removeValue(forKey: record.id) {
            attemptDurations.add(now - start)
        }
        let end: AttemptEnd =
            switch record.state.kind {
            case .sealing, .sealed, .done: .finished
            case .failing: .failed
            case .accepted, .ready, .running: .repeated
            }
        attempts[end, default: 0] += 1
    }

    /// A result was published.
    ///
    /// - Parameters:
    ///   - record: its job.
    ///   - hasFailed: whether it is the result of a failed job.
    ///   - date: when, in seconds since 1970; nil for one that an earlier daemon has published.
    package mutating func notePublication(of record: JobRecord, hasFailed: Bool, date: Double?) {
        touch()
        jobs[hasFailed, default: 0] += 1
        if record.remarks != nil { warnedJobs += 1 }
        if let date { jobDurations.add(.seconds(date - record.accepted)) }
    }

    package mutating func note(_ admission: Admission, at now: Duration) {
        freeBytes = admission.freeBytes
        let waiting = admission.review.decisions.filter(\.isWaiting)
        waitingSince = Dictionary(
            waiting.map { decision in
                let name = decision.submission.name
                let known = waitingSince[name] ?? waitingRoom.since(name)
                // An earlier daemon may have seen it arrive.
                return (name, known ?? decision.since ?? now)
            }
        ) { min($0, $1) }
        waitingRoom = admission.review.waitingRoom
        touch()
    }
}

extension Review.Decision {
    /// Whether the submission is still to become a job.
    fileprivate var isWaiting: Bool {
        switch verdict {
        case .complete, .settling, .waiting, .probe: true
        case .accept: obstacle != nil
        case .refused, .gone, .absent: false
        }
    }
}
