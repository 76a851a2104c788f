import Jobs

/// The files of the Inbox that waiting jobs name.
struct NamedFiles {
    /// What one job names.
    private enum Named {
        case paths([SpoolPath])
        case riddle(Riddle)

        /// Whether it names anything, since its text was not kept.
        var isUntold: Bool {
            if case .riddle(let riddle) = self { riddle.text == nil } else { false }
        }
    }

    /// What a job file of the Inbox needs, when that is known for its content, and what else says so.
    typealias Memory = (SpoolPath, FileStamp) -> (JobNeeds, Companions)?

    /// What a job names, and the job file that says so.
    private struct Source {
        let stamp: FileStamp
        var named: Named
        var companions = Companions()
    }

    private let spool: Spool
    private var sources: [SpoolPath: Source] = [:]
    private var riddles = Riddles()
    /// What the job names that was read last.
    private var last: (files: [String], paths: [SpoolPath]) = ([], [])
    /// How many jobs name a file.
    private var counts: [SpoolPath: Int] = [:]
    /// Whether there is a job that cannot be read: it may name anything.
    private var isIncomplete = false
    /// The jobs of which nothing is there.
    private let waitingRoom: WaitingRoom

    /// Looks for the waiting jobs.
    ///
    /// - Parameters:
    ///   - spool: the folders.
    ///   - settled: accepted jobs that are known to have copied their pictures.
    ///   - earlier: an earlier look, which saves reading what has not changed.
    ///   - waitingRoom: the jobs that waited for missing files at the last look.
    ///   - memory: what is known of job files.
    /// - Throws: ``DaemonError`` when the Inbox cannot be listed.
    init(
        spool: Spool, settled: Set<String> = [], earlier: NamedFiles? = nil,
        waitingRoom: WaitingRoom = WaitingRoom(), memory: Memory = { _, _ in nil }
    ) throws(DaemonError) {
        self.spool = spool
        self.waitingRoom = waitingRoom
        let names = try spool.files.names(in: Layout.inbox).filter { $0.jobStem != nil }
        let stamps = try spool.files.stamps(of: names, in: Layout.inbox)
        for (name, stamp) in zip(names, stamps) {
            guard let stamp, !waitingRoom.holds(name, stamp) else { continue }
            let path = Layout.inbox / name
            try add(path, at: path, stamp, earlier, memory)
        }
        for name in try spool.files.names(in: Layout.jobs) {
            guard let id = name.exactText, !settled.contains(id) else { continue }
            do throws(DaemonError) {
                try addJob(id, earlier, memory)
            } catch {
                // Only what passes at once is waited for; no other job waits for the rest.
                if let code = error.code, SystemError.isShortage(code) { throw error }
                isIncomplete = true
            }
        }
    }

    /// Adds what an accepted job names that may still need its originals.
    private mutating func addJob(
        _ id: String, _ earlier: NamedFiles?, _ memory: Memory
    ) throws(DaemonError) {
        guard try needsOriginals(id), let submission = try spool.submission(of: id),
            !submission.isFolder
        else { return }
        let job = submission.jobFile(in: Layout.submitted(id))
        guard let stamp = try spool.files.stamp(of: job) else { return }
        try add(Layout.job(id), at: job, stamp, earlier, memory)
    }

    /// Whether job `id` has not copied its pictures, or not all of them.
    ///
    /// Only its state says so: the folder of the copies is there before they are complete.
    private func needsOriginals(_ id: String) throws(DaemonError) -> Bool {
        guard try spool.files.exists(Layout.state(id)) else { return true }
        do {
            let record = try spool.files.document(JobRecord.self, at: Layout.state(id))
            // One that fails gathers what is there when its failure is put together.
            return record.needsOriginals
        } catch {
            // What a record says that is damaged, or cannot be read, is not known, so nothing is taken
            // away from its job. Only what passes at once is waited for.
            if let code = error.code, SystemError.isShortage(code) { throw error }
            return true
        }
    }

    private mutating func add(
        _ source: SpoolPath, at job: SpoolPath, _ stamp: FileStamp, _ earlier: NamedFiles?,
        _ memory: Memory
    ) throws(DaemonError) {
        if let known = earlier?.sources[source], known.stamp == stamp,
            !known.named.isUntold || earlier?.riddles.areTooMany == true,
            known.companions.areTheSame(in: spool.files)
        {
            return remember(known, of: source)
        }
        if let (needs, companions) = memory(job, stamp) {
            let named = share(needs)
            return remember(Source(stamp: stamp, named: named, companions: companions), of: source)
        }
        guard let content = try content(of: job) else { return }
        var companions = Companions()
        let needs = try? spool.inspector.inspect(
            content, name: "\(job)", isFolder: false,
            defaults: { path in
                Layout.inbox.beneath(path).flatMap { companions.read($0, from: spool.files) }
            })
        let named: Named
        if let needs, !needs.isPartial {
            named = share(needs)
        } else {
            named = .riddle(Riddle(content))
        }
        remember(Source(stamp: stamp, named: named, companions: companions), of: source)
    }

    /// What a job names, in one place for all jobs that name the same.
    private mutating func share(_ needs: JobNeeds) -> Named {
        if last.files != needs.files {
            last = (needs.files, needs.files.compactMap(Layout.inbox.beneath))
        }
        return .paths(last.paths)
    }

    /// A job file; nil for one that nobody could make a job of, or that the disk does not give.
    private mutating func content(of job: SpoolPath) throws(DaemonError) -> [UInt8]? {
        do throws(DaemonError) {
            return try spool.files.read(job, limit: Layout.largestJobFile)
        } catch {
            guard let code = error.code, !SystemError.isAboutInput(code) else { return nil }
            // Only what passes at once is waited for; no other job waits for a bad disk.
            if SystemError.isShortage(code) { throw error }
            isIncomplete = true
            return nil
        }
    }

    private mutating func remember(_ source: Source, of path: SpoolPath) {
        sources[path] = source
        switch source.named {
        case .riddle(let riddle):
            sources[path]?.named = .riddle(riddles.add(riddle, of: path))
        case .paths(let paths): for path in paths { counts[path, default: 0] += 1 }
        }
    }

    /// Job `id` has copied what it names, and needs the originals no longer.
    mutating func settle(_ id: String) {
        let source = Layout.job(id)
        switch sources.removeValue(forKey: source)?.named {
        case .riddle: riddles.remove(source)
        case .paths(let paths): for path in paths { counts[path, default: 1] -= 1 }
        case nil: break
        }
    }

    /// Whether a job names `path`, or may do so.
    func contains(_ path: SpoolPath) -> Bool {
        if isIncomplete || counts[path, default: 0] > 0 { return true }
        guard let last = path.last else { return false }
        if path.parent == Layout.inbox, waitingRoom.awaits(last) { return true }
        return riddles.mayName(last)
    }
}

extension JobRecord {
    /// Whether the job has not copied its pictures yet.
    var needsOriginals: Bool {
        state == .accepted || (state.kind == .failing && inputs.isEmpty)
    }
}
