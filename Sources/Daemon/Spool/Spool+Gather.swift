import Jobs

/// Files of jobs that have failed before all of their files were copied.
extension Spool {
    /// Copies what is there of the files that a job names which has failed, so that they end with it
    /// as those of other jobs do; otherwise the Inbox filled with what nobody names any more.
    ///
    /// The job file may be one that was refused. What is missing, out of reach or still being
    /// written stays where it is.
    ///
    /// - Returns: the job with the files that were copied; as it was when there are none.
    func gathered(_ record: JobRecord) throws(DaemonError) -> JobRecord {
        // Of more than any disk holds nothing is copied: the rest would only fill this one.
        if case .failing(let failure) = record.state, failure.code == JobFailure.oversizedCode {
            return record
        }
        guard record.inputs.isEmpty, let submission = try submission(of: record.id),
            !submission.isFolder || hasLeftInputs(record)
        else { return record }
        // A folder in the Inbox is a job of its own, or will be one.
        let mayWait = now() - record.accepted <= Self.patience
        let names = try names(in: submission, of: record, mayWait: mayWait)
            .filter { submission.isFolder || !$0.contains("/") }
        guard !names.isEmpty, names.count <= settings.pictures else { return record }
        try files.removeTree(Layout.inputs(record.id))
        try files.createFolder(Layout.inputs(record.id))
        do throws(DaemonError) {
            return try copied(names, of: record, submission)
        } catch {
            dropCopies(of: record, after: error)
            throw error
        }
    }

    private func copied(
        _ names: [String], of record: JobRecord, _ submission: Submission
    ) throws(DaemonError) -> JobRecord {
        var next = record
        for name in names {
            if let input = try copyWhole(name, of: record, submission) {
                next.inputs.append(input)
            }
        }
        guard !next.inputs.isEmpty else { return record }
        try files.syncTree(Layout.inputs(record.id))
        // The folder must not be lost when the record that counts on it survives.
        try files.sync(Layout.job(record.id))
        try save(next)
        return next
    }

    /// What the job file names, as far as that can be told.
    private func names(
        in submission: Submission, of record: JobRecord, mayWait: Bool
    ) throws(DaemonError) -> [String] {
        let copy = Layout.jobFile(record.id)
        let original = submission.jobFile(in: Layout.submitted(record.id))
        do throws(DaemonError) {
            let path = try files.exists(copy) ? copy : original
            let content = try files.read(path, limit: Layout.largestJobFile)
            var fault: DaemonError?
            let names = inspector.names(in: content) { read($0, of: record, submission, &fault) }
            // A failure ends all the same, as with pictures that cannot be copied.
            if let fault, mayWait { throw fault }
            return names
        } catch {
            // One that cannot be read names nothing.
            guard error.jobFailure(file: "job.yaml") != nil else { throw error }
            return []
        }
    }

    /// - Returns: nil for a file that is to stay where it is.
    private func copyWhole(
        _ name: String, of record: JobRecord, _ submission: Submission
    ) throws(DaemonError) -> JobRecord.Input? {
        do {
            let source = try source(of: name, of: record, submission)
            guard let stamp = try files.stamp(of: source), stamp.kind == .file else { return nil }
            guard try isStill(stamp) || files.isMarkedComplete(source) else { return nil }
            return try copyInput(name, of: record, submission)
        } catch let error as DaemonError {
            guard error.jobFailure(file: name) == nil else { return nil }
            // What is wrong with the disk may pass, but a failure must end all the same: on a full disk
            // even who cancels a job would wait for ever. What is not copied stays in the Inbox.
            guard now() - record.accepted > Self.patience else { throw error }
            return nil
        } catch {
            // It leads out of the folder of the job, or its own folder is closed.
            return nil
        }
    }

    /// For so many seconds from when a job was accepted its pictures are tried again.
    private static let patience = 300.0

    /// Whether nothing has happened to a file for a while.
    private func isStill(_ stamp: FileStamp) -> Bool {
        .seconds(now() - Double(stamp.changed) / 1e9) >= settings.quiet
    }
}
