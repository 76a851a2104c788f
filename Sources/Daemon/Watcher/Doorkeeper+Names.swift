/// What the names in the Inbox are: submissions, strays or nothing.
extension Doorkeeper {
    /// Looks at one name in the Inbox.
    mutating func look(
        at name: FileName, _ review: inout Review, _ now: Duration
    ) throws(DaemonError) {
        let path = Layout.inbox / name
        guard let stamp = try files.stamp(of: path) else { return }
        if stamp.kind == .folder {
            review.folders.append(name)
            try look(into: name, stamp, &review, now)
        } else if name.jobStem != nil {
            review.add(Submission(name: name, isFolder: false), &self, now)
        } else {
            review.addStray(name, stamp.kind)
        }
    }

    /// Looks for the job file of a folder.
    private mutating func look(
        into folder: FileName, _ stamp: FileStamp, _ review: inout Review, _ now: Duration
    ) throws(DaemonError) {
        let present = try jobFiles(in: folder, stamp, now)
        guard let name = present.first else { return review.addStray(folder, .folder) }
        guard present.count == 1 else {
            return review.refuse(
                folder, "it has \(present.joined(separator: " and ")); remove all but one")
        }
        let submission = Submission(name: folder, isFolder: true, jobFileName: name)
        review.add(submission, &self, now)
    }

    /// So long after a folder was changed, a change in the same tick of the file system's clock would
    /// have been seen.
    private static let tick = Duration.seconds(2)

    /// So often a folder is listed all the same: not every file system tells by a folder's times that
    /// something came into it.
    private static let relisting = Duration.seconds(30)

    /// The job files in a folder, which is listed only after something has happened to it, and now
    /// and then.
    private mutating func jobFiles(
        in folder: FileName, _ stamp: FileStamp, _ now: Duration
    ) throws(DaemonError) -> [String] {
        let known = folders[folder]?.stamp == stamp ? folders[folder] : nil
        if let known, known.isFinal, now - known.listed < Self.relisting { return known.jobFiles }
        let names = try files.names(in: Layout.inbox / folder)
        let found = names.filter(\.isJobFile).map(\.text)
        let since = known?.since ?? now
        folders[folder] = Listing(
            stamp: stamp, since: since, listed: now, jobFiles: found, count: names.count,
            isFinal: now - since >= Self.tick)
        return found
    }

    /// How many files are known to be in a folder, which are all opened before it is taken.
    func beside(_ submission: Submission) -> Int {
        guard submission.isFolder, !keepsInputs else { return 0 }
        return max(folders[submission.name]?.count ?? 0, walks[submission] ?? 0)
    }

    /// Drops what a submission names, or what lies above it.
    func dropNamed(from strays: inout [Stray]) {
        strays.removeAll { keepsInputs || named.contains($0.name) }
    }
}
