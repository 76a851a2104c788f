import Jobs

extension Spool {
    /// Copies the job file and everything it names, so that nothing can change it any more.
    ///
    /// Of what cannot be copied to its end no part stays, or a disk that it has filled stayed full.
    func snapshot(_ record: JobRecord) throws(DaemonError) -> JobRecord {
        guard let submission = try submission(of: record.id) else {
            throw DaemonError(.damaged("nothing was submitted"), "copy", "\(Layout.job(record.id))")
        }
        try files.removeTree(Layout.inputs(record.id))
        try files.createFolder(Layout.inputs(record.id))
        do {
            let needs = try copyJobFile(of: record, submission)
            var next = record
            next.inputs = try copyInputs(of: record, submission, needs)
            next.kin = needs.kinship.map { ContentHash.digest(of: $0) }
            try files.syncTree(Layout.inputs(record.id))
            next.state = .ready
            try save(next)
            return next
        } catch let failure as JobFailure {
            try files.removeTree(Layout.inputs(record.id))
            return try save(record, as: .failing(failure))
        } catch let error as DaemonError {
            dropCopies(of: record, after: error)
            throw error
        } catch {
            throw DaemonError(.damaged("\(error)"), "copy", "\(Layout.job(record.id))")
        }
    }

    /// Removes the copies of a step that could not be done.
    ///
    /// When it was a sync that failed, the record that tells of them may be there already; it has to be
    /// the old one again before they go, or the job would be thought to have its files.
    func dropCopies(of record: JobRecord, after error: DaemonError) {
        // What cannot be written stays as it is until the step is done again.
        if error.isUnsynced, (try? save(record)) == nil { return }
        _ = files.clear(Layout.inputs(record.id))
    }

    /// - Throws: ``DaemonError``, or ``JobFailure`` when the job itself is at fault.
    private func copyJobFile(
        of record: JobRecord, _ submission: Submission
    ) throws -> JobNeeds {
        let content: [UInt8]
        do {
            content = try files.read(
                submission.jobFile(in: Layout.submitted(record.id)), limit: Layout.largestJobFile)
        } catch {
            throw error.jobFailure(file: "job.yaml") ?? error
        }
        try files.replace(Layout.jobFile(record.id), with: content)
        var fault: DaemonError?
        let needs = Result { () throws(JobFailure) in
            try inspector.inspect(content, name: "job.yaml", isFolder: submission.isFolder) {
                read($0, of: record, submission, &fault)
            }
        }
        // Without what the machine has failed to read, the job would be another one.
        if let fault { throw fault }
        return try needs.get()
    }

    /// Another file of the job, which must be small.
    ///
    /// - Parameters:
    ///   - path: what the job calls it.
    ///   - record: the job.
    ///   - submission: how it came.
    ///   - fault: set when the machine is at fault, and not the file.
    /// - Returns: its content; nil when it is not there, or not to be read.
    func read(
        _ path: String, of record: JobRecord, _ submission: Submission,
        _ fault: inout DaemonError?
    ) -> [UInt8]? {
        do {
            let source = try source(of: path, of: record, submission)
            return try files.read(source, limit: Layout.largestJobFile)
        } catch let error as DaemonError {
            if error.jobFailure(file: path) == nil { fault = error }
            return nil
        } catch {
            return nil
        }
    }

    private func copyInputs(
        of record: JobRecord, _ submission: Submission, _ needs: JobNeeds
    ) throws -> [JobRecord.Input] {
        var paths = needs.files
        for pattern in needs.patterns { paths += try expand(pattern, of: record, submission) }
        guard paths.count <= settings.pictures else {
            throw JobFailure.tooManyFiles(paths.count, atMost: settings.pictures)
        }
        // By bytes: names that look the same may be two.
        var seen: Set<FileName> = []
        var inputs: [JobRecord.Input] = []
        for path in paths where seen.insert(FileName(path)).inserted {
            inputs.append(try copyInput(path, of: record, submission))
        }
        return inputs
    }

    func copyInput(
        _ path: String, of record: JobRecord, _ submission: Submission
    ) throws -> JobRecord.Input {
        let source = try source(of: path, of: record, submission)
        guard let target = Layout.inputs(record.id).beneath(path) else {
            throw JobFailure.escape(path)
        }
        for folder in target.ancestors.dropFirst(Layout.inputs(record.id).names.count) {
            try files.ensureFolder(folder)
        }
        do {
            try checkRoom(for: source)
            let copy = try files.copy(source, to: target)
            return JobRecord.Input(
                path: path, sha256: copy.digest.sha256, bytes: copy.digest.bytes,
                inode: copy.original.inode, modified: copy.original.modified)
        } catch {
            _ = files.clear(target)
            throw error.jobFailure(file: path) ?? error
        }
    }

    /// Fails before it is begun what would only fill the disk for everybody.
    private func checkRoom(for source: SpoolPath) throws(DaemonError) {
        guard let bytes = try files.stamp(of: source)?.bytes, try bytes > files.freeBytes() else {
            return
        }
        if let disk = try files.totalBytes(), bytes > disk {
            throw DaemonError(.oversized(bytes: bytes, disk: disk), "copy", "\(source)")
        }
        throw DaemonError(.system(SystemError.noSpace), "copy", "\(source)")
    }
}

extension DaemonError {
    /// The error as the fault of the file of a job; nil when the machine is at fault.
    func jobFailure(file: String) -> JobFailure? {
        switch reason {
        case .tooLarge(let limit):
            JobFailure(
                .job, "job.invalid", "the file is larger than \(limit / 1024) KiB", file: file,
                hint: "a job file is short; pictures are named in it, not contained")
        case .oversized(let bytes, let disk): .oversized(bytes, room: disk, file: file)
        case .notAFile(let kind):
            JobFailure(
                .job, "input.refused", "it is \(kind.words), not a regular file", file: file,
                hint: "put the file itself there")
        case .changed:
            JobFailure(
                .job, "input.changed", "it changed while it was being copied", file: file,
                hint: "submit again when it is complete")
        case .system(let code) where SystemError.isAboutInput(code):
            JobFailure(
                .job, code == SystemError.notFound ? "picture.missing" : "input.refused",
                SystemError.words(code), file: file, hint: "submit again with the file in place")
        case .system, .damaged, .locked, .setup: nil
        }
    }
}
