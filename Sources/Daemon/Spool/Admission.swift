package import Jobs

/// What came of a look at the Inbox.
package struct Admission: Sendable {
    package var review: Review
    /// Whether the disk has more than its reserve.
    package var hasRoom: Bool
    /// Room on the disk.
    package var freeBytes: Int
    package var accepted: [JobRecord] = []
    /// Jobs of an earlier daemon that could not be read before.
    package var found: [JobRecord] = []
    /// Those that still cannot, and why.
    package var unread: [String] = []
    /// Results of an earlier daemon whose hooks are to be run, which could not be listed before.
    package var owedHooks: [String] = []
    /// Results, and pictures of results, that were removed because of their age.
    package var removed: [String] = []
    /// What is old enough to be removed and could not be.
    package var obstacles: [String] = []
    /// Why submissions that are ready could not be taken, and what else could not be done.
    package var problems: [String] = []

    /// Whether something waits for room on the disk.
    package var isCrowded: Bool {
        !hasRoom || review.decisions.contains { $0.obstacle != nil }
    }

    /// Says of all that is ready that it waits until more than `reserve` is free.
    mutating func hold(for reserve: Int) {
        let room = "room on the disk: less than \(ByteCount.rounded(reserve)), the reserve, is free"
        for index in review.decisions.indices {
            switch review.decisions[index].verdict {
            case .accept, .complete: review.decisions[index].obstacle = room
            case .absent, .gone, .probe, .refused, .settling, .waiting: break
            }
        }
    }

    /// What came of putting pictures back that jobs miss.
    struct Returns {
        var hasMoved = false
        /// Why some could not be.
        var problems: [String] = []
    }

    /// Says that the look has decided without what is back, or should be: no job is given up for that.
    mutating func wait(for returned: Returns) {
        guard returned.hasMoved || !returned.problems.isEmpty else { return }
        if returned.hasMoved { review.isUnfinished = true }
        for index in review.decisions.indices {
            guard case .accept(let failure?) = review.decisions[index].verdict,
                failure.code == JobFailure.missingCode
            else { continue }
            review.decisions[index].verdict = .complete
            review.decisions[index].obstacle = returned.problems.first
        }
    }

    /// Whether something is ready, or will be by itself, that has not been taken yet; what has to
    /// be probed counts only when there is a worker that can.
    package func hasMore(canProbe: Bool) -> Bool {
        review.isUnfinished || review.progress.isSettling
            || (canProbe && review.progress.isProbing)
            || review.decisions.contains { $0.verdict == .complete && $0.obstacle == nil }
    }
}

extension Review.Decision {
    /// What it waits for when there is too little room.
    var roomNeeded: String {
        "room on the disk: copies of its files take \(ByteCount.rounded(bytes))"
    }
}
