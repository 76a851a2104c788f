internal import Glibc
package import Jobs

extension Spool {
    /// Makes the folders, finishes what a crash has left half done, and lists the jobs.
    ///
    /// - Returns: the accepted jobs that can be read, those that have been tried least first.
    package func recover() throws(DaemonError) -> [JobRecord] { try recovery().records }

    /// Makes the folders, finishes what a crash has left half done, and looks for the jobs.
    package func recovery() throws(DaemonError) -> Recovery {
        let folders = [
            Layout.inbox, Layout.outbox, Layout.work, Layout.jobs, Layout.done, Layout.wishes,
            Layout.hooks,
        ]
        for folder in folders { try files.ensureFolder(folder) }
        try files.sync(Layout.work)
        try files.sync(.root)
        try checkRenames()
        // The first look may put pictures back.
        _ = try removeOldWork(withPictures: false)
        var recovery = Recovery()
        for id in try files.names(in: Layout.jobs).compactMap(\.exactText) {
            do throws(DaemonError) {
                if let record = try recover(id) { recovery.records.append(record) }
            } catch {
                // One job that cannot be read, or written, must not keep all others.
                guard error.code != nil, !error.isFailedSync else { throw error }
                recovery.unread[id] = error
            }
        }
        recovery.records.sort { ($0.attempts, $0.id) < ($1.attempts, $1.id) }
        return recovery
    }

    /// A job must be able to travel all the way by renames alone.
    private func checkRenames() throws(DaemonError) {
        // A name of its own: in the Inbox, everything else is somebody's.
        let name = FileName("\(Self.probe)\(Int(now() * 1e6))")
        let places = [Layout.work, Layout.inbox, Layout.outbox]
        for place in places { try removeProbes(in: place) }
        try files.create(places[0] / name, holding: [])
        do {
            try files.rename(places[0] / name, to: places[1] / name, replacing: false)
            try files.rename(places[1] / name, to: places[2] / name, replacing: false)
        } catch {
            for place in places { try removeProbes(in: place) }
            // Missing rights, or a full disk, are no mistake of the set-up: they may pass.
            guard [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP].contains(error.code) else { throw error }
            throw DaemonError(
                .setup("\(error)"), "check",
                "Inbox, Outbox and .work must be on one file system that can rename atomically")
        }
        try files.remove(places[2] / name)
    }

    private static let probe = ".sluice-probe-"

    /// Removes what a crash has left of a check, which is empty.
    private func removeProbes(in folder: SpoolPath) throws(DaemonError) {
        for name in try files.names(in: folder) where name.hasPrefix(Self.probe) {
            let stamp = try files.stamp(of: folder / name)
            guard stamp?.kind == .file, stamp?.bytes == 0 else { continue }
            try files.spare(folder / name, in: [folder]) { () throws(DaemonError) in
                try files.remove(folder / name)
            }
        }
    }

    /// Finishes what a crash has left half done of job `id`.
    ///
    /// - Returns: nil when the crash came before anything was accepted.
    func recover(_ id: String) throws(DaemonError) -> JobRecord? {
        guard try files.stamp(of: Layout.job(id))?.kind == .folder else { return nil }
        guard try files.exists(Layout.state(id)) else {
            guard let submission = try submission(of: id), try !isEmpty(submission, id) else {
                try discardEmpty(id)
                return nil
            }
            // The crash may have come before the move out of the Inbox was durable.
            try files.sync(Layout.submitted(id))
            try files.sync(Layout.inbox)
            var record = JobRecord(
                id: id, name: submission.jobName.portable, state: .accepted, accepted: now())
            record.origin = try recoveredOrigin(of: submission, id)
            return record
        }
        let record = try storedRecord(id)
        guard case .running(let attempt) = record.state else { return record }
        // It may still be running: whoever began it knows how to find it again.
        if settings.attemptsOutlive, try files.exists(Layout.slurm(id, attempt)) { return record }
        try keepLog(ofInterrupted: record)
        let next = record.ending(.interrupted, policy: settings.retry)
        try save(next)
        return next
    }

    /// Keeps what the worker had said when the daemon died, as far as anybody could have seen it.
    private func keepLog(ofInterrupted record: JobRecord) throws(DaemonError) {
        let path = Layout.live(record.id)
        do throws(DaemonError) {
            guard try files.exists(path) else { return }
            let said = String(decoding: try files.read(path, limit: 64 << 20), as: UTF8.self)
            try files.removeTree(path)
            let title = LiveLog.title(of: record.attempts)
            guard said.hasPrefix(title) else { return }
            try appendLog(record, .interrupted, String(said.dropFirst(title.count)))
        } catch {
            // It is for people only: neither a full disk nor a bad one keeps the daemon from starting.
            guard !error.isFailedSync else { throw error }
        }
    }

    /// Whether the crash came between making a folder and moving the job file into it.
    private func isEmpty(_ submission: Submission, _ id: String) throws(DaemonError) -> Bool {
        guard submission.isFolder else { return false }
        return try names(in: submission, id)?.isEmpty == true
    }

    /// How a submission was taken, whatever the settings say by now: of a folder that stayed in the
    /// Inbox there is nothing but its job file.
    private func recoveredOrigin(
        of submission: Submission, _ id: String
    ) throws(DaemonError) -> JobRecord.Origin {
        guard submission.isFolder else { return .file }
        return try names(in: submission, id)?.count == 1 ? .left : .folder
    }

    /// What is in a submitted folder; nil for one that the daemon cannot look into, and so has not made.
    private func names(
        in submission: Submission, _ id: String
    ) throws(DaemonError) -> [FileName]? {
        do throws(DaemonError) {
            return try files.names(in: Layout.submitted(id) / submission.name)
        } catch {
            guard error.isOutOfReach else { throw error }
            return nil
        }
    }

    /// The record of `id`; a damaged one becomes a failure, so that the job ends in the Outbox.
    private func storedRecord(_ id: String) throws(DaemonError) -> JobRecord {
        let path = Layout.state(id)
        let damage: String
        do throws(DaemonError) {
            let content = try files.read(path, limit: 16 << 20)
            let record = try Document.value(JobRecord.self, in: content, of: path)
            if record.version == 1, record.id == id { return record }
            damage = "it belongs to another version or job"
        } catch {
            // What the disk does not give now may be fine.
            guard error.code == nil else { throw error }
            damage = "\(error)"
        }
        return JobRecord(
            id: id, name: try submission(of: id)?.jobName.portable ?? "job",
            state: .failing(.damagedState(damage)), accepted: now())
    }
}

extension JobFailure {
    fileprivate static func damagedState(_ what: String) -> JobFailure {
        JobFailure(
            .job, "internal", "the daemon's record of the job is damaged: \(what)",
            hint: "submit the job again")
    }
}
