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

    /// The submitted files that a manifest leaves out, so that nobody can hold up the daemon.
    ///
    /// What the job names was copied, and is as large as the disk allows; beside it a folder may hold
    /// anything, such as a file of a terabyte with nothing in it, which takes an hour to hash.
    func crowd(
        beside record: JobRecord, in folder: SpoolPath
    ) throws(DaemonError) -> Set<SpoolPath> {
        guard try files.exists(folder) else { return [] }
        let named = Set(record.inputs.compactMap { folder.beneath($0.path) })
        var left = settings.hashed
        var crowd: Set<SpoolPath> = []
        for file in try files.files(in: folder, sparing: [folder]) where !named.contains(file) {
            try files.spare(file, in: [folder]) { () throws(DaemonError) in
                let bytes = try files.stamp(of: file)?.bytes ?? 0
                if bytes <= left { left -= bytes } else { crowd.insert(file) }
            }
        }
        return crowd
    }

    func writeManifest(
        of record: JobRecord, in folder: SpoolPath, sparing foreign: [SpoolPath],
        without crowd: Set<SpoolPath>
    ) throws(DaemonError) {
        let path = folder / "manifest.json"
        // A crash may have left one, which is no part of the result.
        try files.removeTree(path.temporary)
        var entries: [Manifest.Entry] = []
        for file in try files.files(in: folder, sparing: foreign)
        where file != path && !crowd.contains(file) {
            try files.spare(file, in: foreign) { () throws(DaemonError) in
                let name = file.relative(to: folder)
                entries.append(Manifest.Entry(path: "\(name)", try files.digest(file)))
            }
        }
        let manifest = Manifest(job: record.name, id: record.id, files: entries)
        try files.replace(path, with: Document.bytes(of: manifest))
    }
}
