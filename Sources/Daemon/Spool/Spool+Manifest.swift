import FoundationEssentials
import Jobs

/// The files of a result that tell of the others.
extension Spool {
    /// Writes what the workers said, what of the submitted files nobody could read, and which of
    /// them the manifest leaves out.
    func writeLog(
        of record: JobRecord, in folder: SpoolPath, sparing foreign: [SpoolPath],
        without crowd: Set<SpoolPath> = []
    ) throws(DaemonError) {
        var log = BoundedLog()
        log.append(try self.log(of: record))
        for path in foreign {
            for obstacle in try files.obstacles(in: path) {
                let name = obstacle.path.relative(to: folder)
                log.append(Array("\(name) could not be read: \(obstacle.reason)\n".utf8))
            }
        }
        let most = ByteCount.rounded(settings.hashed)
        for name in crowd.map({ "\($0.relative(to: folder))" }).sorted() {
            let why = "the job does not name it, and such files are read up to \(most)"
            log.append(Array("\(name) is not in the manifest: \(why)\n".utf8))
        }
        try files.replace(folder / "log.txt", with: log.bytes)
    }

    private func log(of record: JobRecord) throws(DaemonError) -> [UInt8] {
        let path = Layout.log(record.id)
        guard try files.exists(path) else { return Array("no attempt was made\n".utf8) }
        return try files.read(path, limit: 64 << 20)
    }

    /// The hashes of the submitted files in a result, but for those that would hold up the daemon.
    ///
    /// What the job names was copied, and is as large as the disk allows; beside it a folder may hold
    /// anything, such as a file of a terabyte with nothing in it, which takes an hour to hash. The
    /// smallest are hashed up to a limit, and none further than it was long when that was counted: it may
    /// grow as fast as it is read.
    func submittedFiles(
        of record: JobRecord, in folder: SpoolPath
    ) throws(DaemonError) -> SubmittedFiles {
        var found = SubmittedFiles()
        guard try files.exists(folder) else { return found }
        var all: [SpoolPath] = []
        try files.spare(folder, in: [folder]) { () throws(DaemonError) in
            all = try files.files(in: folder, sparing: [folder])
        }
        let named = Set(record.inputs.compactMap { folder.beneath($0.path) })
        let sizes = try sizes(of: all.filter { !named.contains($0) }, in: folder)
        found.crowd = crowd(among: sizes)
        for file in all where !found.crowd.contains(file) {
            try files.spare(file, in: [folder]) { () throws(DaemonError) in
                let most = named.contains(file) ? .max : sizes[file] ?? 0
                do throws(DaemonError) {
                    found.digests[file] = try files.digest(file, limit: most)
                } catch {
                    guard error.reason == .tooLarge(limit: most) else { throw error }
                    found.crowd.insert(file)
                }
            }
        }
        return found
    }

    private func sizes(
        of paths: [SpoolPath], in folder: SpoolPath
    ) throws(DaemonError) -> [SpoolPath: Int] {
        var sizes: [SpoolPath: Int] = [:]
        for file in paths {
            try files.spare(file, in: [folder]) { () throws(DaemonError) in
                sizes[file] = try files.stamp(of: file)?.bytes
            }
        }
        return sizes
    }

    /// Those that are too much when the smallest come first.
    private func crowd(among sizes: [SpoolPath: Int]) -> Set<SpoolPath> {
        var left = settings.hashed
        let order = sizes.sorted { ($0.value, "\($0.key)") < ($1.value, "\($1.key)") }
        return Set(
            order.filter { _, bytes in
                guard bytes <= left else { return true }
                left -= bytes
                return false
            }.map(\.key))
    }

    /// Writes the hashes of all that is in the result.
    func writeManifest(
        of record: JobRecord, in folder: SpoolPath, with submitted: SubmittedFiles,
        in inputs: SpoolPath
    ) throws(DaemonError) {
        let path = folder / "manifest.json"
        // A crash may have left one, which is no part of the result.
        try files.removeTree(path.temporary)
        var entries: [Manifest.Entry] = []
        for file in try files.files(in: folder, sparing: [inputs]) where file != path {
            let isOwn = !file.isWithin(inputs)
            guard let digest = isOwn ? try files.digest(file) : submitted.digests[file] else {
                continue
            }
            entries.append(Manifest.Entry(path: "\(file.relative(to: folder))", digest))
        }
        let manifest = Manifest(job: record.name, id: record.id, files: entries)
        try files.replace(path, with: Document.bytes(of: manifest))
    }
}

/// What is told of the submitted files of a result.
struct SubmittedFiles {
    var digests: [SpoolPath: FileDigest] = [:]
    /// Those that are not read.
    var crowd: Set<SpoolPath> = []
}
