import Jobs

extension Doorkeeper {
    /// The files that a job needs, as its job file says now; nil when that is not known and it is not its turn to be
    /// read.
    mutating func inspect(
        _ submission: Submission, _ path: SpoolPath, _ stamp: FileStamp
    ) -> Result<JobNeeds, JobFailure>? {
        if let known = inspected[path], known.stamp == stamp,
            known.companions.areTheSame(in: files)
        {
            return known.result
        }
        inspected[path] = nil
        // One that takes large files has its turn among the large, and waits for no other.
        let isLarge = postponedReadings[path] == stamp
        guard rota.mayRead(submission.name, bytes: isLarge ? .max : stamp.bytes) else {
            return nil
        }
        postponedReadings[path] = nil
        return read(submission, path, stamp)
    }

    /// Reads a job file, unless that takes other files and it is not its turn among those that are large.
    private mutating func read(
        _ submission: Submission, _ path: SpoolPath, _ stamp: FileStamp
    ) -> Result<JobNeeds, JobFailure>? {
        var companions = Companions()
        let (files, inspector) = (files, inspector)
        var rota = rota
        defer { self.rota = rota }
        var (bytes, isPutOff) = (stamp.bytes, false)
        let result: Result<JobNeeds, JobFailure>
        do {
            let content = try files.read(path, limit: Layout.largestJobFile)
            let base = submission.base(in: Layout.inbox)
            result = Result { () throws(JobFailure) in
                try inspector.inspect(
                    content, name: path.last?.text ?? "job.yaml", isFolder: submission.isFolder
                ) { other in
                    // Nothing that can be read is the same as nothing there: the job waits for it.
                    guard let other = base.beneath(other) else { return nil }
                    let size = (try? files.stamp(of: other)?.bytes) ?? 0
                    bytes = bytes.addingLimited(size)
                    guard rota.mayRead(submission.name, bytes: bytes) else {
                        isPutOff = true
                        return nil
                    }
                    return companions.read(other, from: files)
                }
            }.map { share($0) }
            guard !isPutOff else {
                postponedReadings[path] = stamp
                rota.noteReading(bytes: stamp.bytes, read: content.count, of: nil)
                return nil
            }
            rota.noteReading(
                bytes: bytes, read: content.count + companions.bytes, of: try? result.get())
        } catch {
            rota.noteReading(bytes: stamp.bytes, read: 0, of: nil)
            if !submission.isFolder { noteUnknown(error) }
            return .failure(
                error.jobFailure(file: "\(submission.name)") ?? unread(submission, error))
        }
        inspected[path] = Inspection(stamp: stamp, companions: companions, result: result)
        return result
    }

    /// The same, with the names of another job where they are its names: many may have them from the same defaults.
    private mutating func share(_ needs: JobNeeds) -> JobNeeds {
        var needs = needs
        if needs.pictures == lastPictures { needs.pictures = lastPictures }
        lastPictures = needs.pictures
        return needs
    }

    /// Until when the files beside a job file may be written to that make it a failure; nil when they are still.
    mutating func settleCompanions(
        of path: SpoolPath, _ now: Duration
    ) throws(DaemonError) -> Duration? {
        var until: Duration?
        for other in inspected[path].map({ Array($0.companions.paths) }) ?? [] {
            guard let stamp = try files.stamp(of: other) else { continue }
            let state = try settle(other, stamp, now)
            if !state.isStill { until = max(until ?? .zero, state.since + patience.quiet) }
        }
        return until
    }

    /// What is told of a job file that the machine does not give: it may name any picture.
    private func unread(_ submission: Submission, _ error: DaemonError) -> JobFailure {
        guard !submission.isFolder, error.code.map(SystemError.isShortage) == false else {
            return .unreadable("\(error)")
        }
        return .unreadable(
            "\(error); it may name pictures of other jobs, so these stay in the Inbox meanwhile")
    }

    /// What a job file that was looked at needs, and what else says so, unless that has changed since; nil also
    /// when it may need more.
    func needs(at path: SpoolPath, _ stamp: FileStamp) -> (JobNeeds, Companions)? {
        guard let known = inspected[path], known.stamp == stamp,
            let needs = try? known.result.get(), !needs.isPartial,
            known.companions.areTheSame(in: files)
        else { return nil }
        return (needs, known.companions)
    }

    /// Why the daemon could not publish all of a submitted folder; nil when it could.
    ///
    /// A folder that has a file which cannot be read is looked through again when that can be.
    mutating func refusal(of submission: Submission) throws(DaemonError) -> String? {
        if let known = barriers[submission], try files.obstacle(at: known.path) != nil {
            rota.noteWalk(of: 1)
            return known.words
        }
        barriers[submission] = nil
        var count = 0
        defer {
            walks[submission] = count
            rota.noteWalk(of: count)
        }
        let obstacles = try files.obstacles(in: submission.base(in: Layout.inbox), count: &count)
        guard let first = obstacles.first else { return nil }
        let more = obstacles.count > 1 ? " (and \(obstacles.count - 1) more)" : ""
        let words = "\(first.path) cannot be read: \(first.reason)\(more)"
        barriers[submission] = Barrier(path: first.path, words: words)
        return words
    }
}

extension JobFailure {
    static let unreadableCode = "input.refused"
    /// What a job needs did not come in time.
    static let missingCode = "input.timeout"

    fileprivate static func unreadable(_ message: String) -> JobFailure {
        JobFailure(.job, unreadableCode, message, hint: "make the file readable for the daemon")
    }
}
