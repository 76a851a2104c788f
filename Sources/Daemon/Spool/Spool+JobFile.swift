import Jobs

/// The job files of jobs that fail.
extension Spool {
    /// Copies the job file of a job that has failed before that was done: the result must not change
    /// with the original, and what somebody goes on writing to it is a job of its own.
    func copyJobFile(of id: String) throws(DaemonError) {
        let copy = Layout.jobFile(id)
        guard try !files.exists(copy), let submission = try submission(of: id) else { return }
        let original = submission.jobFile(in: Layout.submitted(id))
        do throws(DaemonError) {
            guard let stamp = try files.stamp(of: original), stamp.kind == .file,
                stamp.bytes <= Layout.largestJobFile
            else { return }
            try files.replace(copy, with: try files.read(original, limit: Layout.largestJobFile))
        } catch {
            // One that cannot be read is published as it is.
            guard error.jobFailure(file: "job.yaml") != nil else { throw error }
        }
    }

    /// The job file as it was accepted; one that cannot be copied is moved, whatever it holds.
    func keepJobFile(of record: JobRecord, in folder: SpoolPath) throws(DaemonError) {
        let target = folder / Layout.jobFileName
        if try files.exists(Layout.jobFile(record.id)) {
            let job = try files.read(Layout.jobFile(record.id), limit: Layout.largestJobFile)
            return try files.replace(target, with: job)
        }
        // Of a folder that is published as it is, the job file is a part.
        guard try !files.exists(target), let submission = try submission(of: record.id),
            !submission.isFolder
        else { return }
        try files.move(submission.jobFile(in: Layout.submitted(record.id)), to: target)
    }
}
