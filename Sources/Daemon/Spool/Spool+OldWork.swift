import Jobs

/// What is left of jobs that have ended.
extension Spool {
    /// Removes the working files of jobs that ended long ago.
    ///
    /// What users have submitted may be closed to the daemon: it stays, and keeps nobody up.
    ///
    /// - Parameters:
    ///   - withPictures: whether also those are removed that have taken pictures from the Inbox.
    ///   - needed: jobs of which everything is kept.
    /// - Returns: what could not be removed, the first of it for every job.
    /// - Throws: ``DaemonError`` when the folder cannot be listed, or something cannot be synced.
    package func removeOldWork(
        withPictures: Bool = true, besides needed: Set<String> = []
    ) throws(DaemonError) -> [Obstacle] {
        let oldest = now() - Double(settings.workAge.components.seconds)
        var left: [Obstacle] = []
        for name in try files.names(in: Layout.done) {
            let work = Layout.done / name
            if needed.contains(name.text) { continue }
            do throws(DaemonError) {
                let state = try files.stamp(of: work / "state.json")
                if let state, Double(state.modified) / 1e9 > oldest { continue }
                if let obstacle = try removeWork(work, withPictures) { left.append(obstacle) }
            } catch {
                if error.isFailedSync { throw error }
                left.append(Obstacle(path: work, reason: error.words))
            }
        }
        return left
    }

    /// - Returns: what could not be removed, the first with the number of all.
    private func removeWork(
        _ work: SpoolPath, _ withPictures: Bool
    ) throws(DaemonError) -> Obstacle? {
        if let record = try record(in: work) {
            let late = try lateJob(in: work)
            let keepsRest = withPictures ? false : try hasTaken(work)
            if keepsRest, late == nil { return nil }
            var returned = try returnChanged(in: work, of: record, wanted: late?.pictures ?? [])
            if let late {
                try returnJob(late.name, in: work, of: record)
                returned = true
            }
            if try returnReplaced(in: work, of: record) { returned = true }
            // Before they are gone from where they were.
            if returned { try files.sync(Layout.inbox) }
            if keepsRest { return nil }
        }
        let obstacles = files.clear(work)
        guard let first = obstacles.first, obstacles.count > 1 else { return obstacles.first }
        return Obstacle(
            path: first.path, reason: "\(first.reason) (and \(obstacles.count - 1) more)")
    }

    private func hasTaken(_ work: SpoolPath) throws(DaemonError) -> Bool {
        let taken = work / Layout.takenName
        guard try files.exists(taken) else { return false }
        return try !files.names(in: taken).isEmpty
    }

    /// The record of a job that has ended; nil for what is left of something else.
    func record(in work: SpoolPath) throws(DaemonError) -> JobRecord? {
        let path = work / "state.json"
        do throws(DaemonError) {
            guard try files.exists(path) else { return nil }
            let record = try files.document(JobRecord.self, at: path)
            // What is left of a result may hold a file of that name that somebody has submitted.
            return record.id == work.last?.text ? record : nil
        } catch {
            // What the disk does not give now is asked for again; nothing is removed unseen.
            guard error.code == nil || error.isOutOfReach else { throw error }
            return nil
        }
    }
}

extension SpoolSettings {
    /// Whoever goes on writing to what was taken from the Inbox is seen for so long at least.
    private static let shortest = Duration.seconds(60)

    /// How old working files are when they are removed.
    var workAge: Duration { max(keepWork, Self.shortest) }
}
