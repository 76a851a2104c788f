package import Jobs

extension Spool {
    /// Prepares the next attempt: when this returns, the attempt counts as begun.
    ///
    /// An attempt that has outlived an earlier daemon was begun then.
    package func begin(_ record: JobRecord) throws(DaemonError) -> JobRecord {
        if case .running = record.state { return record }
        let next = record.starting()
        for name in try files.names(in: Layout.job(record.id)) where name.hasPrefix("run.") {
            try files.removeTree(Layout.job(record.id) / name)
        }
        try files.createFolder(Layout.run(record.id, next.attempts))
        try save(next)
        return next
    }

    /// Writes down how the running attempt ended.
    ///
    /// - Parameters:
    ///   - record: the job, whose attempt is running.
    ///   - outcome: how it ended.
    ///   - log: what the worker wrote on its standard error.
    /// - Returns: the job in its next state.
    /// - Throws: ``DaemonError``.
    package func end(
        _ record: JobRecord, _ outcome: AttemptOutcome, log: String
    ) throws(DaemonError) -> JobRecord {
        var outcome = outcome
        if outcome == .detached { return record }
        if case .finished(let listed) = outcome, let fault = try fault(in: listed, of: record) {
            outcome = .crashed(fault)
        }
        // Before the same lines are in the log, or whoever follows the job saw them twice.
        try files.removeTree(Layout.live(record.id))
        try appendLog(record, outcome, log)
        let next = record.ending(outcome, policy: settings.retry)
        try save(next)
        return next
    }

    /// What is wrong with the results of an attempt, which are made durable when nothing is.
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
        try files.syncTree(run)
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
    fileprivate static func output(_ what: String) -> JobFailure {
        JobFailure(.resource, "worker.output", "the worker finished, but \(what)")
    }
}
