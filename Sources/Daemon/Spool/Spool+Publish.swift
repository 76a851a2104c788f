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
        return nil
    }

    /// Removes from the Inbox the pictures that are now in the result, unless another waiting job
    /// names them, they lie in the folder of another job, or they are no longer what was copied.
    ///
    /// Those of a folder came in it: what is in the Inbox under their names is somebody else's.
    private func takeOriginals(
        _ record: JobRecord, besides named: NamedFiles?
    ) throws(DaemonError) {
        guard record.origin.map({ $0 == .file }) ?? true else { return }
        let folder = Layout.taken(record.id)
        try files.ensureFolder(folder)
        if !settings.keepsInputs, !record.inputs.isEmpty {
            let needed = if let named { named } else { try namedFiles() }
            var jobFolders: [SpoolPath: Bool] = [:]
            for (index, input) in record.inputs.enumerated() {
                guard let path = Layout.inbox.beneath(input.path), !needed.contains(path),
                    try !isInJobFolder(path, &jobFolders)
                else { continue }
                // An original that may not be moved stays; its copy is in the result.
                try files.spare(path, in: [Layout.inbox]) { () throws(DaemonError) in
                    guard try files.stamp(of: path)?.isOriginal(of: input) == true else { return }
                    try files.rename(path, to: folder / "\(index)", replacing: false)
                }
            }
        }
        try putBackOthers(in: folder, of: record)
        try files.sync(folder)
        try files.sync(Layout.inbox)
    }

    /// What waiting jobs name, found anew.
    private func namedFiles() throws(DaemonError) -> NamedFiles {
        var named = NamedFiles(spool: self)
        try named.update()
        return named
    }

    /// Looks again, where nobody else renames, at what was taken: what was put there in between, or is
    /// another job's by now, goes back.
    private func putBackOthers(
        in folder: SpoolPath, of record: JobRecord
    ) throws(DaemonError) {
        var jobFolders: [SpoolPath: Bool] = [:]
        for name in try files.names(in: folder) {
            guard let input = record.input(numbered: name),
                let path = Layout.inbox.beneath(input.path), let last = path.last
            else { continue }
            let isTheSame = try files.stamp(of: folder / name)?.isOriginal(of: input) == true
            if isTheSame, try !isInJobFolder(path, &jobFolders) { continue }
            try giveBack(folder / name, to: try isFree(path) ? path : nil, last, of: record.id)
        }
    }

    /// Whether `path` lies in a folder of the Inbox that is a job of its own, or will be one: all that
    /// is in it belongs to that job.
    ///
    /// - Parameters:
    ///   - path: a file in the Inbox.
    ///   - known: the folders that have been looked into.
    /// - Returns: whether its folder has a job file.
    /// - Throws: ``DaemonError``.
    private func isInJobFolder(
        _ path: SpoolPath, _ known: inout [SpoolPath: Bool]
    ) throws(DaemonError) -> Bool {
        let place = path.relative(to: Layout.inbox)
        guard place.names.count > 1, let name = place.names.first else { return false }
        let folder = Layout.inbox / name
        if let isJob = known[folder] { return isJob }
        var isJob = true
        // What the daemon may not look into it takes nothing out of.
        try files.spare(folder, in: [Layout.inbox]) { () throws(DaemonError) in
            let isFolder = try files.stamp(of: folder)?.kind == .folder
            let names = isFolder ? try files.names(in: folder) : []
            isJob = names.contains(where: \.isJobFile)
        }
        known[folder] = isJob
        return isJob
    }
}

extension FileStamp {
    func isOriginal(of input: JobRecord.Input) -> Bool {
        kind == .file && inode == input.inode && bytes == input.bytes && modified == input.modified
    }
}

extension JobRecord {
    /// The input whose original was taken as `name`.
    func input(numbered name: FileName) -> Input? {
        Int(name.text).flatMap { inputs.indices.contains($0) ? inputs[$0] : nil }
    }
}
