package import Jobs

extension Spool {
    /// Takes a submission out of the Inbox: from here on the job is the daemon's.
    ///
    /// - Parameters:
    ///   - submission: what lies in the Inbox.
    ///   - failure: what is wrong with the job, when that is known already.
    ///   - judged: the job file of which that is known; nil when it cannot have changed since.
    /// - Returns: nil when the submission has gone meanwhile.
    /// - Throws: ``DaemonError``.
    package func accept(
        _ submission: Submission, failure: JobFailure? = nil, judged: FileStamp? = nil
    ) throws(DaemonError) -> JobRecord? {
        let accepted = now()
        let id = identify(accepted)
        // When this fails, the folder may be another job's, and nothing is cleared away.
        try files.createFolder(Layout.job(id))
        do throws(DaemonError) {
            try files.createFolder(Layout.submitted(id))
            try files.sync(Layout.job(id))
            try files.sync(Layout.jobs)
            try take(submission, into: Layout.submitted(id))
        } catch {
            // A failed sync is never repeated: the daemon has to start again, and clears away then.
            if error.isFailedSync { throw error }
            try discardEmpty(id)
            let isGone = try !files.exists(submission.jobFile(in: Layout.inbox))
            if isGone, error.code == SystemError.notFound { return nil }
            throw DaemonError(error.reason, "take", "\(Layout.inbox / submission.name)")
        }
        var record = JobRecord(
            id: id, name: submission.jobName.portable, state: .accepted, accepted: accepted)
        record.origin = origin(of: submission)
        if let failure, keepsJobFile(of: submission, as: judged, id) {
            record.state = .failing(failure)
        }
        return record
    }

    /// Copies a job file that was found wrong, so that it stays what was judged.
    ///
    /// - Returns: false when it may be another one by now: then it is judged anew.
    private func keepsJobFile(
        of submission: Submission, as judged: FileStamp?, _ id: String
    ) -> Bool {
        let original = submission.jobFile(in: Layout.submitted(id))
        do throws(DaemonError) {
            try copyJobFile(of: id)
            guard let judged else { return true }
            return try files.stamp(of: original)?.isSameContent(as: judged) == true
        } catch {
            // The job is taken, and nothing may go wrong here; the next step meets the same disk.
            return false
        }
    }

    /// Moves the submission durably; of a folder whose pictures are to stay, only the job file.
    ///
    /// The folders it leaves are its owner's, who may rename or remove them at any moment.
    private func take(_ submission: Submission, into target: SpoolPath) throws(DaemonError) {
        guard submission.isFolder, settings.keepsInputs else {
            return try files.take(Layout.inbox / submission.name, to: target / submission.name)
        }
        try files.createFolder(target / submission.name)
        try files.sync(target)
        try files.take(submission.jobFile(in: Layout.inbox), to: submission.jobFile(in: target))
    }

    /// How a submission comes that is taken now.
    func origin(of submission: Submission) -> JobRecord.Origin {
        submission.isFolder ? settings.keepsInputs ? .left : .folder : .file
    }

    /// Removes the folder of a job that nothing was submitted for.
    ///
    /// Folder by folder, so that it fails instead of removing anything that was submitted.
    func discardEmpty(_ id: String) throws(DaemonError) {
        let folder = Layout.submitted(id)
        if try files.exists(folder) {
            for name in try files.names(in: folder)
            where try files.stamp(of: folder / name)?.kind == .folder {
                try files.remove(folder / name)
            }
            try files.remove(folder)
        }
        try files.removeTree(Layout.job(id))
    }

    /// What was submitted for job `id`; nil when nothing is there (any more).
    func submission(of id: String) throws(DaemonError) -> Submission? {
        let folder = Layout.submitted(id)
        guard try files.stamp(of: folder)?.kind == .folder,
            let name = try files.names(in: folder).first,
            let kind = try files.stamp(of: folder / name)?.kind
        else { return nil }
        guard kind == .folder else { return Submission(name: name, isFolder: false) }
        let file = try jobFileName(in: folder / name)
        return Submission(name: name, isFolder: true, jobFileName: file)
    }

    /// What the job file of a submitted folder is called.
    private func jobFileName(in folder: SpoolPath) throws(DaemonError) -> String {
        do throws(DaemonError) {
            if let name = try files.names(in: folder).first(where: \.isJobFile) { return name.text }
        } catch {
            // Whoever opens the file in a folder that is closed hears of it.
            guard error.isOutOfReach else { throw error }
        }
        return "job.yaml"
    }
}
