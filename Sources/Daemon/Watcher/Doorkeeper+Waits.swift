/// Since when files have waited, for a daemon that comes after this one.
extension Doorkeeper {
    /// Since when each file of a submission has been as it is, as of the last look; none when no
    /// submission waits for a file.
    func waits(in review: Review) -> [WaitKey: Duration] {
        let isWaiting = review.decisions.contains { decision in
            if case .waiting = decision.verdict { true } else { false }
        }
        guard isWaiting || waitingRoom.count > 0 else { return [:] }
        let all = Array(stillness.values) + waitingRoom.jobFiles
        return Dictionary(all.map { (WaitKey($0.stamp), $0.since) }) { min($0, $1) }
    }

    /// Takes over from an earlier daemon since when files have been as they are; it holds for those
    /// that are found so at the next look.
    mutating func recall(_ waits: [WaitKey: Duration]) {
        recalled = waits
    }
}
