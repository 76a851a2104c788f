package import Jobs

extension Spool {
    /// Prepares the next attempt: when this returns, the attempt counts as begun.
    ///
    /// An attempt that has outlived an earlier daemon was begun then.
    package func begin(_ record: JobRecord) throws(DaemonError) -> JobRecord {
        if case .running = record.state { return record }
        let next = record.starting()
        try takeBackInputs(of: record)
        for name in try files.names(in: Layout.job(record.id)) where name.hasPrefix("run.") {
            try files.removeTree(Layout.job(record.id) / name)
        }
        try files.createFolder(Layout.run(record.id, next.attempts))
        try save(next)
        return next
    }

    /// Looks whether an attempt has done what its worker says, and makes its results durable.
    ///
    /// That is done once: a disk that has failed to keep something says so only the first time.
    ///
    /// - Parameters:
    ///   - outcome: how the attempt ended, as far as its worker can tell.
    ///   - record: the job, whose attempt is running.
    /// - Returns: how it ended.
    /// - Throws: ``DaemonError`` when the results cannot be read now.
    package func verified(
        _ outcome: AttemptOutcome, of record: JobRecord
    ) throws(DaemonError) -> AttemptOutcome {
        guard case .finished(let listed) = outcome else { return outcome }
        if let fault = try fault(in: listed, of: record) { return .crashed(fault) }
        do throws(DaemonError) {
            try files.syncTree(Layout.run(record.id, record.attempts))
            return outcome
        } catch {
            guard error.hasLostWrites else { throw error }
            return .failed(.unsynced("\(error)"))
        }
    }

    /// Writes down how the running attempt ended.
    ///
    /// - Parameters:
    ///   - record: the job, whose attempt is running.
    ///   - outcome: how it ended, verified.
    ///   - log: what the worker wrote on its standard error.
    /// - Returns: the job in its next state.
    /// - Throws: ``DaemonError``.
    package func end(
        _ record: JobRecord, _ outcome: AttemptOutcome, log: String
    ) throws(DaemonError) -> JobRecord {
        if outcome == .detached { return record }
        // Before the same lines are in the log, or whoever follows the job saw them twice.
        try files.removeTree(Layout.live(record.id))
        try appendLog(record, outcome, log)
        let next = record.ending(outcome, policy: settings.retry)
        try save(next)
        return next
    }

    /// What is wrong with the results of an attempt.
    private func fault(
        in listed: [WorkerEvent.Finished.File], of record: JobRecord
    ) throws(DaemonError) -> JobFailure? {
        let run = Layout.run(record.id, record.attempts)
        for name in [LivePicture.name, LivePicture.unfinishedName] {
            try files.removeTree(run / name)
        }
        var expected: [SpoolPath: FileDigest] = [:]
        for file in listed {
            guard let path = run.beneath(file.path) else { return .output("lists \(file.path)") }
            expected[path] = FileDigest(sha256: file.sha256, bytes: file.bytes)
        }
        for required in ["result.json", "job.resolved.yaml"] where expected[run / required] == nil {
            return .output("did not write \(required)")
        }
        for path in try files.files(in: run) {
            guard let said = expected.removeValue(forKey: path) else {
                return .output("wrote \(path) without listing it")
            }
            if let fault = try fault(in: path, said: said) { return fault }
        }
        if let missing = expected.keys.first {
            return .output("lists \(missing), which is not there")
        }
        return nil
    }

    /// What is wrong with one result, which is read again to its end.
    private func fault(in path: SpoolPath, said: FileDigest) throws(DaemonError) -> JobFailure? {
        let found = try files.digest(path)
        if found.bytes != said.bytes || found.bytes == 0 {
            return .output("says that \(path) has \(said.bytes) bytes; it has \(found.bytes)")
        }
        guard found.sha256 != said.sha256 else { return nil }
        return .output("\(path) does not hold what it says: its SHA-256 is \(found.sha256)")
    }

    /// Adds an attempt to the job's log, of which the first and the last part are kept.
    func appendLog(
        _ record: JobRecord, _ outcome: AttemptOutcome, _ log: String
    ) throws(DaemonError) {
        let path = Layout.log(record.id)
        let earlier = try files.exists(path) ? files.read(path, limit: 64 << 20) : []
        var text = LiveLog.title(of: record.attempts) + log
        if !text.hasSuffix("\n") { text += "\n" }
        text += outcome.failure.map { "ended: \($0.code): \($0)\n" } ?? "ended: \(outcome.word)\n"
        // What was interrupted after this is done again.
        let end = Array(text.utf8).suffix(BoundedLog.part)
        guard !earlier.suffix(end.count).elementsEqual(end) else { return }
        try files.replace(path, with: BoundedLog.shortened(earlier + Array(text.utf8)))
    }
}

extension AttemptOutcome {
    /// The outcome in one word, for logs.
    package var word: String {
        switch self {
        case .finished: "finished"
        case .failed: "failed"
        case .crashed: "crashed"
        case .disturbed: "disturbed"
        case .killed: "killed"
        case .stopped: "stopped"
        case .detached: "detached"
        case .interrupted: "interrupted"
        }
    }
}

extension JobFailure {
    /// What was written may be lost, whatever a second sync says: all of it is to be written anew.
    static func unsynced(_ what: String) -> JobFailure {
        JobFailure(
            .environment, "disk.failed", "the result could not be made durable: \(what)",
            hint: "see the kernel's log for what is wrong with the disk")
    }

    fileprivate static func output(_ what: String) -> JobFailure {
        JobFailure(.resource, "worker.output", "the worker finished, but \(what)")
    }
}
