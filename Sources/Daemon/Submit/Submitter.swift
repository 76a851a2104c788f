/// Puts jobs into an Inbox so that each appears there whole, by one rename.
///
/// A job with pictures goes in as a folder: then its pictures cannot meet those of another job, and
/// patterns are allowed. Everything is marked as complete, so the daemon takes it at once. Where a
/// folder of the name has pictures and no job, as `inputs: keep` leaves it, the job goes in there.
package struct Submitter: Sendable {
    /// Copies the file at a path to a new one beneath the root, and tells what it holds.
    package typealias Copy =
        (_ source: String, _ target: SpoolPath) throws(DaemonError) -> FileDigest

    let files: LinuxFileSystem

    package init(files: LinuxFileSystem) {
        self.files = files
    }

    /// Puts a job into the Inbox.
    ///
    /// - Parameters:
    ///   - job: the content of the job file.
    ///   - name: the name of the job.
    ///   - inputs: the files that the job names, by the paths it names them by, with the paths
    ///     where they are now.
    ///   - patterns: what fits one of these would be a picture of the job too.
    ///   - tag: what tells this submission from others that are under way.
    ///   - copy: copies a file from where it is now; nil for files of the user who submits.
    /// - Returns: the job as it is in the Inbox.
    /// - Throws: ``DaemonError``; no job is left in the Inbox then.
    package func submit(
        _ job: [UInt8], name: String, inputs: [(path: String, source: String)],
        patterns: [JobNeeds.Pattern] = [], tag: String, copy: Copy? = nil
    ) throws(DaemonError) -> SubmittedJob {
        let isFolder = !inputs.isEmpty
        let submission = Submission(
            name: FileName(isFolder ? name : name + ".yaml"), isFolder: isFolder)
        guard submission.name.isPlain, !submission.name.isIgnored else {
            throw DaemonError(.setup("give the job another name"), "submit", name)
        }
        let target = Layout.inbox / submission.name
        try checkFree(name)
        let others = JobRegistry(files: files).identifiers
        let isLeft = if isFolder { try isLeft(target) } else { false }
        let temporary = Layout.inbox / ".submit-\(tag)"
        var copies: [SubmittedJob.Input] = []
        do {
            if isFolder {
                copies = try fill(temporary, job, inputs, copy ?? files.copy(from:to:))
            } else {
                try write(job, to: temporary)
            }
            if isLeft {
                try join(temporary, into: target, inputs.map(\.path), patterns)
            } else {
                try files.rename(temporary, to: target, replacing: false)
            }
            try files.sync(Layout.inbox)
        } catch {
            try files.removeTree(temporary)
            throw error
        }
        return SubmittedJob(
            submission: submission, job: job, inputs: copies, patterns: patterns, others: others)
    }

    /// A folder and a file of one job name would be two jobs of that name; pictures alone are none.
    private func checkFree(_ name: String) throws(DaemonError) {
        for taken in try files.names(in: Layout.inbox) {
            let path = Layout.inbox / taken
            guard taken.text == name || taken.jobStem?.text == name, try !isLeft(path) else {
                continue
            }
            throw DaemonError(
                .setup("it is in the Inbox already; wait for it, or give the job another --name"),
                "submit", taken.text)
        }
    }

    private func fill(
        _ folder: SpoolPath, _ job: [UInt8], _ inputs: [(path: String, source: String)],
        _ copy: Copy
    ) throws(DaemonError) -> [SubmittedJob.Input] {
        try files.createFolder(folder)
        var copies: [SubmittedJob.Input] = []
        for (path, source) in inputs {
            guard let target = folder.beneath(path) else {
                throw DaemonError(.setup("it leads out of the job's folder"), "submit", path)
            }
            for parent in target.ancestors.dropFirst(folder.names.count) {
                try files.ensureFolder(parent)
            }
            let digest = try copy(source, target)
            copies.append(SubmittedJob.Input(path: path, digest: digest))
            _ = try files.markComplete(target)
        }
        try write(job, to: folder / "job.yaml")
        try files.syncTree(folder)
        return copies
    }

    private func write(_ job: [UInt8], to path: SpoolPath) throws(DaemonError) {
        try files.create(path, holding: job)
        // Without the mark the daemon takes the job a little later.
        _ = try files.markComplete(path)
        try files.sync(path)
    }
}
