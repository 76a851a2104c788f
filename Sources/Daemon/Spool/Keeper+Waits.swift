/// Waits that go on when the daemon is started again.
extension Keeper {
    /// So long what has begun to wait may be known to this daemon only.
    private static let waitsPause = Duration.seconds(10)

    /// Lets waits that an earlier daemon saw begin go on, the first time that it is called.
    func recallWaits(at now: Duration) {
        guard !hasRecalledWaits else { return }
        hasRecalledWaits = true
        // What cannot be read is forgotten: those waits begin anew.
        guard let known = try? spool.readWaits(), !known.isEmpty else { return }
        let date = spool.now()
        let waits = known.mapValues { now - .seconds(min(max(0, date - $0), 1e9)) }
        doorkeeper.recall(waits)
        keptWaits = waits
    }

    /// Writes down since when submissions wait, if that has changed and was not done just before.
    func keepWaits(of review: Review, at now: Duration) {
        waits = nil
        guard now >= nextWaits else { return waits = review }
        let found = doorkeeper.waits(in: review)
        guard found != keptWaits else { return }
        nextWaits = now + Self.waitsPause
        // What cannot be written is tried again later; nothing else depends on it.
        guard (try? spool.write(waits: found, at: now)) != nil else { return }
        keptWaits = found
    }

    /// Writes down what is not written yet, before the daemon ends.
    package func keepWaits(at now: Duration) {
        guard let review = waits else { return }
        nextWaits = now
        keepWaits(of: review, at: now)
    }
}
