import Jobs

/// What goes back into the Inbox, because somebody has written to it after it was taken from there.
extension Spool {
    /// Puts back into the Inbox what somebody has gone on writing after it was taken from there: the
    /// result has what it was before.
    ///
    /// - Parameters:
    ///   - work: what is left of the job.
    ///   - record: the job.
    ///   - wanted: what goes back in any case, as the job has called it.
    /// - Returns: whether anything went back; the Inbox is to be synced then.
    /// - Throws: ``DaemonError``.
    func returnChanged(
        in work: SpoolPath, of record: JobRecord, wanted: [String]
    ) throws(DaemonError) -> Bool {
        var hasReturned = false
        let taken = work / Layout.takenName
        guard try files.stamp(of: taken)?.kind == .folder else { return false }
        for name in try files.names(in: taken) {
            guard let input = record.input(numbered: name),
                let path = Layout.inbox.beneath(input.path), let last = path.last
            else { continue }
            let isTheSame = try files.stamp(of: taken / name)?.isOriginal(of: input) == true
            if isTheSame, !wanted.contains(input.path) { continue }
            try giveBack(taken / name, to: try isFree(path) ? path : nil, last, of: record.id)
            hasReturned = true
        }
        return hasReturned
    }

    /// Puts pictures of a submitted folder into the Inbox to which somebody has written after they
    /// were copied; their folder is in the result.
    ///
    /// - Parameters:
    ///   - work: what is left of the job.
    ///   - record: the job.
    /// - Returns: whether anything went back; the Inbox is to be synced then.
    /// - Throws: ``DaemonError``.
    func returnReplaced(
        in work: SpoolPath, of record: JobRecord
    ) throws(DaemonError) -> Bool {
        var hasReturned = false
        let folder = work / Layout.replacedName
        guard try files.stamp(of: folder)?.kind == .folder else { return false }
        for name in try files.names(in: folder) {
            guard let input = record.input(numbered: name),
                try !holdsInput(folder / name, input)
            else { continue }
            let flat = FileName(input.path.replacing("/", with: "-"))
            try giveBack(folder / name, to: nil, flat, of: record.id)
            hasReturned = true
        }
        return hasReturned
    }

    /// Whether the original at `path` still holds what was copied of it.
    private func holdsInput(
        _ path: SpoolPath, _ input: JobRecord.Input
    ) throws(DaemonError) -> Bool {
        guard let stamp = try files.stamp(of: path), stamp.kind == .file else { return false }
        if stamp.isOriginal(of: input) { return true }
        return try holds(path, FileDigest(sha256: input.sha256, bytes: input.bytes))
    }

    /// Whether a file may be put at `path`, as far as that can be told.
    func isFree(_ path: SpoolPath) throws(DaemonError) -> Bool {
        do throws(DaemonError) {
            guard try files.stamp(of: path.parent)?.kind == .folder else { return false }
            return try !files.exists(path)
        } catch {
            guard error.isOutOfReach else { throw error }
            return false
        }
    }

    /// Renames `source` to `path`, or to a name of its own where that is not possible.
    func giveBack(
        _ source: SpoolPath, to path: SpoolPath?, _ name: FileName, of id: String
    ) throws(DaemonError) {
        do throws(DaemonError) {
            if let path { return try files.rename(source, to: path, replacing: false) }
        } catch {
            // Its folder may have been closed meanwhile, or be none any more.
            guard error.isAboutInput else { throw error }
        }
        let other = Layout.inbox / FileName("\(id)--\(name.shortened)")
        try files.rename(source, to: other, replacing: false)
    }

    /// Puts a picture back that was taken along by job `id`, unless another one is there.
    func putBack(_ place: SpoolPath, to path: SpoolPath, of id: String) throws(DaemonError) {
        guard let name = path.last, try files.exists(place), try isFree(path) else { return }
        try giveBack(place, to: path, name, of: id)
        try files.sync(path.parent)
        try files.sync(place.parent)
    }

    /// Puts a job file that was written to after it was accepted back into the Inbox: what is in
    /// it now has never been run.
    ///
    /// - Returns: whether it was.
    func returnEditedJob(_ record: JobRecord) throws(DaemonError) -> Bool {
        guard let submission = try submission(of: record.id), !submission.isFolder,
            try files.exists(Layout.jobFile(record.id))
        else { return false }
        let original = submission.jobFile(in: Layout.submitted(record.id))
        let accepted = try files.digest(Layout.jobFile(record.id))
        guard try !holds(original, accepted) else { return false }
        let target = Layout.inbox / submission.name
        let isTaken = try files.exists(target)
        let other = "\(record.name)--\(record.id).yaml"
        try files.move(original, to: isTaken ? Layout.inbox / other : target)
        return true
    }

    /// Looks for a job file to which somebody has written after its job had ended.
    ///
    /// - Returns: its name, and the pictures that it names now, as far as that can be told; nil for none.
    func lateJob(in work: SpoolPath) throws(DaemonError) -> (name: FileName, pictures: [String])? {
        let folder = work / Layout.submittedName
        let copy = work / Layout.jobFileName
        guard try files.stamp(of: folder)?.kind == .folder, try files.exists(copy),
            let name = try files.names(in: folder).first,
            try files.stamp(of: folder / name)?.kind == .file
        else { return nil }
        let accepted = try files.digest(copy)
        guard try !holds(folder / name, accepted) else { return nil }
        // What cannot be read names nothing.
        let text = (try? files.read(folder / name, limit: Layout.largestJobFile)) ?? []
        return (name, inspector.names(in: text) { _ in nil })
    }

    /// Puts such a job file back into the Inbox, which is to be synced then: what is in it now has
    /// never been run.
    func returnJob(
        _ name: FileName, in work: SpoolPath, of record: JobRecord
    ) throws(DaemonError) {
        let path = Layout.inbox / name
        try giveBack(
            work / Layout.submittedName / name, to: try isFree(path) ? path : nil, name,
            of: record.id)
    }

    /// Whether the submitted file still holds what was copied; not when it was closed since.
    ///
    /// One of another size is not read: it may claim to have no end.
    private func holds(
        _ original: SpoolPath, _ copied: FileDigest
    ) throws(DaemonError) -> Bool {
        do throws(DaemonError) {
            guard try files.stamp(of: original)?.bytes == copied.bytes else { return false }
            return try files.digest(original) == copied
        } catch {
            guard error.isOutOfReach else { throw error }
            return false
        }
    }
}
