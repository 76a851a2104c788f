import Jobs

extension Spool {
    /// How many bytes are still to be copied for a job that an earlier daemon has accepted, as far as
    /// that can be told.
    ///
    /// Room was promised to it when it was accepted; without that, others would be given it too.
    ///
    /// - Parameter record: the job.
    /// - Returns: 0 for a job that has its copies, or copies nothing.
    func bytesToCopy(for record: JobRecord) -> Int {
        guard record.state == .accepted else { return 0 }
        do {
            guard let submission = try submission(of: record.id) else { return 0 }
            return try bytes(of: paths(of: record, submission), record, submission)
        } catch {
            // The step that copies meets the same fault, and tells it.
            return 0
        }
    }

    /// What the job names, each once.
    private func paths(
        of record: JobRecord, _ submission: Submission
    ) throws -> Set<FileName> {
        let content = try files.read(
            submission.jobFile(in: Layout.submitted(record.id)), limit: Layout.largestJobFile)
        var fault: DaemonError?
        let needs = try inspector.inspect(
            content, name: "job.yaml", isFolder: submission.isFolder
        ) { read($0, of: record, submission, &fault) }
        var paths = needs.files
        for pattern in needs.patterns { paths += try expand(pattern, of: record, submission) }
        // Of more than that, none is copied.
        return paths.count <= settings.pictures ? Set(paths.map { FileName($0) }) : []
    }

    private func bytes(
        of paths: Set<FileName>, _ record: JobRecord, _ submission: Submission
    ) throws -> Int {
        var sum = 0
        for path in paths {
            let source = try source(of: path.text, of: record, submission)
            sum = sum.addingLimited(try files.stamp(of: source)?.bytes ?? 0)
        }
        return sum
    }
}
