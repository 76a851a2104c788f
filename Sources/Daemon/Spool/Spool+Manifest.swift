import FoundationEssentials
import Jobs

/// The files of a result that tell of the others.
extension Spool {
    /// Writes what the workers said, what of the submitted files nobody could read, and which of
    /// them the manifest leaves out.
    func writeLog(
        of record: JobRecord, in folder: SpoolPath, sparing foreign: [SpoolPath],
        telling submitted: SubmittedFiles = SubmittedFiles()
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
        for (paths, why) in [
            (submitted.crowd, "the job does not name it, and such files are read up to \(most)"),
            (submitted.growing, "it was written to while it was read"),
        ] {
            for name in paths.map({ "\($0.relative(to: folder))" }).sorted() {
                log.append(Array("\(name) is not in the manifest: \(why)\n".utf8))
            }
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
        try files.spareGone(folder, in: [folder]) { () throws(DaemonError) in
            all = try files.files(in: folder, sparing: [folder])
        }
        let named = named(of: record, in: folder)
        let sizes = try sizes(of: all.filter { named[$0] == nil }, in: folder)
        found.crowd = crowd(among: sizes)
        for file in all {
            if let bytes = named[file] {
                try files.spare(file, in: [folder]) { () throws(DaemonError) in
                    try found.add(file, from: files, atMost: bytes)
                }
            } else if let bytes = sizes[file], !found.crowd.contains(file) {
                try files.spareGone(file, in: [folder]) { () throws(DaemonError) in
                    try found.add(file, from: files, atMost: bytes)
                }
            }
        }
        return found
    }

    /// The copies of what a job names, and how long they are.
    private func named(of record: JobRecord, in folder: SpoolPath) -> [SpoolPath: Int] {
        var named: [SpoolPath: Int] = [:]
        for input in record.inputs {
            if let path = folder.beneath(input.path) { named[path] = input.bytes }
        }
        return named
    }

    private func sizes(
        of paths: [SpoolPath], in folder: SpoolPath
    ) throws(DaemonError) -> [SpoolPath: Int] {
        var sizes: [SpoolPath: Int] = [:]
        for file in paths {
            try files.spareGone(file, in: [folder]) { () throws(DaemonError) in
                sizes[file] = try files.stamp(of: file)?.bytes
            }
        }
        return sizes
    }

    /// Those that are too much when the smallest come first.
    private func crowd(among sizes: [SpoolPath: Int]) -> Set<SpoolPath> {
        var left = settings.hashed
        // Nearly always there is room for all, and nothing to be put in order.
        guard sizes.values.reduce(0, { $0.addingLimited($1) }) > left else { return [] }
        let order = sizes.sorted {
            $0.value == $1.value ? "\($0.key)" < "\($1.key)" : $0.value < $1.value
        }
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
    /// Those that somebody goes on writing to.
    var growing: Set<SpoolPath> = []

    /// Adds the hash of `file`, unless it has become longer than `bytes`.
    fileprivate mutating func add(
        _ file: SpoolPath, from files: any FileSystem, atMost bytes: Int
    ) throws(DaemonError) {
        do throws(DaemonError) {
            digests[file] = try files.digest(file, limit: bytes)
        } catch {
            guard error.reason == .tooLarge(limit: bytes) else { throw error }
            growing.insert(file)
        }
    }
}
