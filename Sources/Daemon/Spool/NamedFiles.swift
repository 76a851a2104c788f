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
    /// The jobs that cannot be read: they may name anything.
    private var unread: Set<SpoolPath> = []
    /// Those of the look before.
    private var failing: Set<SpoolPath> = []
    /// The jobs of which nothing is there.
    private var waitingRoom = WaitingRoom()
    /// How many job files may still be read of those that the next look reads as well.
    private var reading = 0

    /// What nobody names, before the first ``update(settled:waitingRoom:reading:memory:)``.
    init(spool: Spool) {
        self.spool = spool
    }

    /// Looks for the waiting jobs; what has not changed is not read again, nor counted.
    ///
    /// Job files that have changed since the last look at the Inbox are read as far as that takes no longer than such
    /// a look may. The others have their turn there, and what they miss then is put back.
    ///
    /// - Parameters:
    ///   - settled: accepted jobs that are known to have copied their pictures.
    ///   - waitingRoom: the jobs that waited for missing files at the last look.
    ///   - reading: what it may cost to read job files that wait.
    ///   - memory: what is known of job files.
    /// - Throws: ``DaemonError`` when the Inbox cannot be listed.
    mutating func update(
        settled: Set<String> = [], waitingRoom: WaitingRoom = WaitingRoom(), reading: Int = .max,
        memory: Memory = { _, _ in nil }
    ) throws(DaemonError) {
        self.waitingRoom = waitingRoom
        self.reading = reading
        let known = unread
        try look(besides: settled, memory)
        // What cannot be read once may be there at once, and pictures that stay in the Inbox for its sake stay for good.
        if !unread.isSubset(of: known) { try look(besides: settled, memory) }
    }

    /// Looks at every job once.
    private mutating func look(besides settled: Set<String>, _ memory: Memory) throws(DaemonError) {
        // These are tried whatever it costs: what is not tried may name anything, too.
        (failing, unread) = (unread, [])
        let names = try spool.files.names(in: Layout.inbox).filter { $0.jobStem != nil }
        let stamps = try spool.files.stamps(of: names, in: Layout.inbox)
        let ids = try spool.files.names(in: Layout.jobs).compactMap(\.exactText)
            .filter { !settled.contains($0) }
        var waiting: [(SpoolPath, FileStamp)] = []
        for (name, stamp) in zip(names, stamps) {
            guard let stamp, !waitingRoom.holds(name, stamp) else { continue }
            waiting.append((Layout.inbox / name, stamp))
        }
        forgetAll(but: Set(waiting.map(\.0) + ids.map(Layout.job)))
        for (path, stamp) in waiting { try add(path, at: path, stamp, memory, isWaiting: true) }
        for id in ids {
            do throws(DaemonError) {
                try addJob(id, memory)
            } catch {
                // Only what passes at once is waited for; no other job waits for the rest.
                if let code = error.code, SystemError.isShortage(code) { throw error }
                unread.insert(Layout.job(id))
            }
        }
    }

    /// Adds what an accepted job names that may still need its originals.
    private mutating func addJob(_ id: String, _ memory: Memory) throws(DaemonError) {
        let source = Layout.job(id)
        guard try needsOriginals(id), let submission = try spool.submission(of: id),
            !submission.isFolder
        else { return forget(source) }
        let job = submission.jobFile(in: Layout.submitted(id))
        guard let stamp = try spool.files.stamp(of: job) else { return forget(source) }
        try add(source, at: job, stamp, memory, isWaiting: false)
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
        _ source: SpoolPath, at job: SpoolPath, _ stamp: FileStamp, _ memory: Memory,
        isWaiting: Bool
    ) throws(DaemonError) {
        if let known = sources[source], known.stamp == stamp,
            !known.named.isUntold || riddles.areTooMany,
            known.companions.areTheSame(in: spool.files)
        {
            return
        }
        forget(source)
        if let (needs, companions) = memory(job, stamp) {
            let named = share(needs)
            return remember(Source(stamp: stamp, named: named, companions: companions), of: source)
        }
        guard !isWaiting || reading > 0 || failing.contains(job), let content = try content(of: job)
        else { return }
        var companions = Companions()
        let needs = try? spool.inspector.inspect(
            content, name: "\(job)", isFolder: false,
            defaults: { path in
                Layout.inbox.beneath(path).flatMap { companions.read($0, from: spool.files) }
            })
        reading -= Rota.readingCost(bytes: content.count + companions.bytes, of: needs)
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
            unread.insert(job)
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
    mutating func settle(_ id: String) { forget(Layout.job(id)) }

    private mutating func forgetAll(but present: Set<SpoolPath>) {
        for source in sources.keys.filter({ !present.contains($0) }) { forget(source) }
    }

    private mutating func forget(_ source: SpoolPath) {
        switch sources.removeValue(forKey: source)?.named {
        case .riddle: riddles.remove(source)
        case .paths(let paths):
            for path in paths {
                let left = counts[path, default: 1] - 1
                counts[path] = left > 0 ? left : nil
            }
        case nil: break
        }
    }

    /// Whether a job names `path`, or may do so.
    func contains(_ path: SpoolPath) -> Bool {
        if !unread.isEmpty || counts[path, default: 0] > 0 { return true }
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
