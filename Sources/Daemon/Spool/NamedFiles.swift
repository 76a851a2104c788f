import Jobs

/// The files of the Inbox that waiting jobs name.
struct NamedFiles {
    private var paths: Set<SpoolPath> = []
    /// Job files that cannot be understood (yet): they may name anything that occurs in them.
    private var riddles: [[UInt8]] = []

    /// - Throws: ``DaemonError`` when the Inbox cannot be listed.
    init(spool: Spool) throws(DaemonError) {
        for name in try spool.files.names(in: Layout.inbox) where name.jobStem != nil {
            add(Layout.inbox / name, spool)
        }
        for name in try spool.files.names(in: Layout.jobs) {
            guard let id = name.exactText, try Self.needsOriginals(id, spool),
                let submission = try spool.submission(of: id), !submission.isFolder
            else { continue }
            add(submission.jobFile(in: Layout.submitted(id)), spool)
        }
    }

    /// Whether job `id` has not copied its pictures, or not all of them.
    ///
    /// Only its state says so: the folder of the copies is there before they are complete.
    private static func needsOriginals(_ id: String, _ spool: Spool) throws(DaemonError) -> Bool {
        guard try spool.files.exists(Layout.state(id)) else { return true }
        do {
            return try spool.files.document(JobRecord.self, at: Layout.state(id)).state == .accepted
        } catch {
            // What a damaged record says is not known, so nothing is taken away from its job.
            guard case .damaged = error.reason else { throw error }
            return true
        }
    }

    private mutating func add(_ job: SpoolPath, _ spool: Spool) {
        // A file that cannot be read names nothing that would be found.
        guard let content = try? spool.files.read(job, limit: Layout.largestJobFile) else { return }
        let needs = try? spool.inspector.inspect(
            content, name: "\(job)", isFolder: false,
            defaults: { path in
                Layout.inbox.beneath(path).flatMap {
                    try? spool.files.read($0, limit: Layout.largestJobFile)
                }
            })
        guard let needs else { return riddles.append(content) }
        paths.formUnion(needs.files.compactMap(Layout.inbox.beneath))
    }

    func contains(_ path: SpoolPath) -> Bool {
        if paths.contains(path) { return true }
        guard let name = path.last?.bytes else { return false }
        return riddles.contains { $0.firstRange(of: name) != nil }
    }
}
