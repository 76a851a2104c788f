import Jobs

/// Decides whose pictures are decoded next, so that no job waits for all the pictures of another.
///
/// The pictures of a submission are decoded in slices, and after each slice the next submission has
/// its turn. One slice at a time is enough for as long as slices are quick: a further worker costs
/// memory. Beside slices that take long, others begin, up to `lanes` in all.
package struct ProbeQueue: Sendable {
    private struct Entry {
        let request: ProbeRequest
        /// What is still to be decoded, the next slice last.
        var rest: [[String]]
        var bad: [WorkerEvent.Probed.Bad] = []
        /// When its slice was begun; nil while it waits for its turn.
        var began: Duration?

        init(_ request: ProbeRequest) {
            self.request = request
            rest = request.slices.reversed()
        }
    }

    /// The most slices at a time.
    private let lanes: Int
    /// A slice that takes longer lets another one begin beside it.
    private let patience: Duration
    private var entries: [Submission: Entry] = [:]
    /// Those that wait for their turn, in order.
    private var turns: [Submission] = []
    private var running: [Submission] = []

    package init(lanes: Int = 3, patience: Duration = .seconds(1)) {
        self.lanes = lanes
        self.patience = patience
    }

    /// Whether nothing is being decoded.
    package var isIdle: Bool { running.isEmpty }

    /// Whether somebody waits for a turn.
    package var isWaiting: Bool { !turns.isEmpty }

    /// When the next slice may begin beside those under way; nil when none is to.
    package var nextTime: Duration? {
        guard isWaiting, running.count < lanes else { return nil }
        return running.compactMap { entries[$0]?.began }.max().map { $0 + patience } ?? .zero
    }

    /// Takes note of all that is to be decoded now; what is no longer is forgotten, and what has
    /// begun goes on.
    package mutating func note(_ requests: [ProbeRequest]) {
        let wanted = Dictionary(requests.map { ($0.submission, $0) }) { first, _ in first }
        turns.removeAll { submission in
            guard wanted[submission] != entries[submission]?.request else { return false }
            entries[submission] = nil
            return true
        }
        for request in requests where entries[request.submission] == nil {
            entries[request.submission] = Entry(request)
            turns.append(request.submission)
        }
    }

    /// Forgets everybody who waits for a turn.
    package mutating func clear() {
        for submission in turns { entries[submission] = nil }
        turns = []
    }

    /// The slice that is to be decoded now, which has begun; nil when none is.
    package mutating func next(at now: Duration) -> ProbeSlice? {
        guard let time = nextTime, time <= now else { return nil }
        let submission = turns.removeFirst()
        guard let paths = entries[submission]?.rest.popLast(), let entry = entries[submission]
        else { return nil }
        entries[submission]?.began = now
        running.append(submission)
        return ProbeSlice(
            request: entry.request, paths: paths, bad: entry.bad, isLast: entry.rest.isEmpty)
    }

    /// Takes note of what came of a slice.
    package mutating func end(_ slice: ProbeSlice, _ answer: ProbeAnswer) {
        let submission = slice.request.submission
        running.removeAll { $0 == submission }
        entries[submission]?.began = nil
        guard case .bad(let found) = answer, !slice.isLast else {
            entries[submission] = nil
            return
        }
        entries[submission]?.bad += found
        turns.append(submission)
    }
}
