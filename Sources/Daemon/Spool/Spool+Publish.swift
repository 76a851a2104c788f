import Jobs

extension Spool {
    /// Makes a sealed result visible by one rename.
    ///
    /// When the folder has gone, the rename happened before a crash; whether the result is still
    /// in the Outbox does not matter then, since its reader may have taken it away.
    func publish(
        _ record: JobRecord, folder: String, as result: String
    ) throws(DaemonError) -> JobRecord {
        try files.move(Layout.job(record.id) / folder, to: Layout.outbox / result)
        return try save(record, as: .done(result: result))
    }

    /// Clears away what is left of a job whose result is published.
    ///
    /// - Returns: nil, since nothing is left.
    func close(
        _ record: JobRecord, besides named: NamedFiles?, prunes: Bool
    ) throws(DaemonError) -> JobRecord? {
        let isReturned = try returnEditedJob(record)
        try takeOriginals(record, besides: isReturned ? nil : named)
        // Before the job is gone from where a failed step would begin again.
        if prunes { _ = try removeOldWork() }
        // One rename first: a half-removed job would look like one that has just been accepted.
        try files.removeTree(Layout.done / record.id)
        try files.move(Layout.job(record.id), to: Layout.done / record.id)
        for kind in JobWish.Kind.allCases { try forget(JobWish(kind, record.id)) }
        // What cannot be removed now is tried again with other old work.
        if settings.keepWork == .zero { _ = try? removeWork(Layout.done / record.id) }
        return nil
    }

    /// Removes the working files of jobs that ended long ago.
    ///
    /// What users have submitted may be closed to the daemon: it stays, and keeps nobody up.
    ///
    /// - Returns: what could not be removed, the first of it for every job.
    /// - Throws: ``DaemonError`` when the folder cannot be listed, or something cannot be synced.
    package func removeOldWork() throws(DaemonError) -> [Obstacle] {
        let oldest = now() - Double(settings.keepWork.components.seconds)
        var left: [Obstacle] = []
        for name in try files.names(in: Layout.done) {
            let work = Layout.done / name
            do throws(DaemonError) {
                let state = try files.stamp(of: work / "state.json")
                if let state, Double(state.modified) / 1e9 > oldest { continue }
                if let obstacle = try removeWork(work) { left.append(obstacle) }
            } catch {
                if error.operation == "sync" { throw error }
                left.append(Obstacle(path: work, reason: error.words))
            }
        }
        return left
    }

    /// - Returns: what could not be removed, the first with the number of all.
    private func removeWork(_ work: SpoolPath) throws(DaemonError) -> Obstacle? {
        try returnChanged(in: work)
        let obstacles = files.clear(work)
        guard let first = obstacles.first, obstacles.count > 1 else { return obstacles.first }
        return Obstacle(
            path: first.path, reason: "\(first.reason) (and \(obstacles.count - 1) more)")
    }

    /// Puts back into the Inbox what somebody has gone on writing after it was taken from there: the
    /// result has what it was before.
    private func returnChanged(in work: SpoolPath) throws(DaemonError) {
        let taken = work / Layout.takenName
        guard try files.stamp(of: taken)?.kind == .folder,
            let record = try? files.document(JobRecord.self, at: work / "state.json")
        else { return }
        for name in try files.names(in: taken) {
            guard let input = record.input(numbered: name),
                try files.stamp(of: taken / name)?.isOriginal(of: input) == false,
                let path = Layout.inbox.beneath(input.path), let last = path.last
            else { continue }
            try giveBack(taken / name, to: try isFree(path) ? path : nil, last, of: record.id)
        }
        try files.sync(Layout.inbox)
    }

    /// Whether a file may be put at `path`, as far as that can be told.
    private func isFree(_ path: SpoolPath) throws(DaemonError) -> Bool {
        do throws(DaemonError) {
            guard try files.exists(path.parent) else { return false }
            return try !files.exists(path)
        } catch {
            guard error.isOutOfReach else { throw error }
            return false
        }
    }

    /// Renames `source` to `path`, or to a name of its own where that is not possible.
    private func giveBack(
        _ source: SpoolPath, to path: SpoolPath?, _ name: FileName, of id: String
    ) throws(DaemonError) {
        do throws(DaemonError) {
            if let path { return try files.rename(source, to: path, replacing: false) }
        } catch {
            // Its folder may have been closed meanwhile.
            guard error.isOutOfReach else { throw error }
        }
        let other = Layout.inbox / FileName("\(id)--\(name.shortened)")
        try files.rename(source, to: other, replacing: false)
    }

    /// Puts a job file that was written to after it was accepted back into the Inbox: what is in
    /// it now has never been run.
    ///
    /// - Returns: whether it was.
    private func returnEditedJob(_ record: JobRecord) throws(DaemonError) -> Bool {
        guard let submission = try submission(of: record.id), !submission.isFolder,
            try files.exists(Layout.jobFile(record.id))
        else { return false }
        let original = submission.jobFile(in: Layout.submitted(record.id))
        let accepted = try files.digest(Layout.jobFile(record.id))
        guard try content(of: original) != accepted else { return false }
        let target = Layout.inbox / submission.name
        let isTaken = try files.exists(target)
        let other = "\(record.name)--\(record.id).yaml"
        try files.move(original, to: isTaken ? Layout.inbox / other : target)
        return true
    }

    /// What the submitted file holds now; nil when it was closed after it was accepted.
    private func content(of original: SpoolPath) throws(DaemonError) -> FileDigest? {
        do throws(DaemonError) {
            return try files.digest(original)
        } catch {
            guard error.isOutOfReach else { throw error }
            return nil
        }
    }

    /// Removes from the Inbox the pictures that are now in the result, unless another waiting job
    /// names them or they are no longer what was copied.
    private func takeOriginals(
        _ record: JobRecord, besides named: NamedFiles?
    ) throws(DaemonError) {
        let folder = Layout.taken(record.id)
        try files.ensureFolder(folder)
        if !settings.keepsInputs, !record.inputs.isEmpty {
            let needed = if let named { named } else { try NamedFiles(spool: self) }
            for (index, input) in record.inputs.enumerated() {
                guard let path = Layout.inbox.beneath(input.path), !needed.contains(path) else {
                    continue
                }
                // An original that may not be moved stays; its copy is in the result.
                try files.spare(path, in: [Layout.inbox]) { () throws(DaemonError) in
                    guard try files.stamp(of: path)?.isOriginal(of: input) == true else { return }
                    try files.rename(path, to: folder / "\(index)", replacing: false)
                }
            }
        }
        // Looked at again where nobody else renames: what was put there in between goes back.
        for name in try files.names(in: folder) {
            guard let input = record.input(numbered: name),
                let path = Layout.inbox.beneath(input.path), let last = path.last,
                try files.stamp(of: folder / name)?.isOriginal(of: input) != true
            else { continue }
            try giveBack(folder / name, to: try isFree(path) ? path : nil, last, of: record.id)
        }
        try files.sync(folder)
        try files.sync(Layout.inbox)
    }
}

extension FileStamp {
    fileprivate func isOriginal(of input: JobRecord.Input) -> Bool {
        kind == .file && inode == input.inode && bytes == input.bytes && modified == input.modified
    }
}

extension JobRecord {
    /// The input whose original was taken as `name`.
    fileprivate func input(numbered name: FileName) -> Input? {
        Int(name.text).flatMap { inputs.indices.contains($0) ? inputs[$0] : nil }
    }
}
