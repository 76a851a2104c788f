/// Since when files have waited, for a daemon that comes after this one.
extension Doorkeeper {
    /// Since when each file of a submission has been as it is, as of the last look; none when no
    /// submission waits for a file.
    func waits(in review: Review) -> [WaitKey: Duration] {
        let isWaiting = review.decisions.contains { decision in
            if case .waiting = decision.verdict { true } else { false }
        }
        guard isWaiting || waitingRoom.count > 0 || !recalled.isEmpty else { return [:] }
        // What has not been looked at yet has waited since an earlier daemon saw it.
        var waits = recalled
        waits.reserveCapacity(stillness.count + waitingRoom.count)
        func add(_ file: Stillness) {
            let key = WaitKey(file.stamp)
            waits[key] = min(waits[key] ?? file.since, file.since)
        }
        for file in stillness.values { add(file) }
        for file in waitingRoom.jobFiles { add(file) }
        return waits
    }

    /// The job file of a submission that was just looked at, and since when it has been as it is.
    func jobFile(of submission: Submission) -> Stillness? {
        stillness[submission.jobFile(in: Layout.inbox)]
    }

    /// Takes over from an earlier daemon since when files have been as they are; it holds for those
    /// that are found so at the next look.
    mutating func recall(_ waits: [WaitKey: Duration]) {
        recalled = waits
    }
}
