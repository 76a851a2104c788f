/// The file operations of the daemon, beneath one root and without following links.
///
/// Nothing is durable before `sync`: a file's content after syncing the file, the names in a folder
/// after syncing the folder. Tests put a simulated disk behind this protocol that forgets the rest.
///
/// Every operation throws ``DaemonError`` with what the kernel said.
package protocol FileSystem: Sendable {
    /// The names in a folder, sorted, without `.` and `..`.
    func names(in folder: SpoolPath) throws(DaemonError) -> [FileName]

    /// What is at `path`; nil when nothing is there.
    func stamp(of path: SpoolPath) throws(DaemonError) -> FileStamp?

    /// What is at each of the `names` in `folder`; nil where nothing is.
    func stamps(
        of names: [FileName], in folder: SpoolPath
    ) throws(DaemonError) -> [FileStamp?]

    /// Whether the file at `path` carries the mark of `sluice submit` that it is complete.
    func isMarkedComplete(_ path: SpoolPath) throws(DaemonError) -> Bool

    /// The content of a regular file of at most `limit` bytes.
    func read(_ path: SpoolPath, limit: Int) throws(DaemonError) -> [UInt8]

    /// The SHA-256 and the size of a regular file of at most `limit` bytes, read in pieces.
    func digest(_ path: SpoolPath, limit: Int) throws(DaemonError) -> FileDigest

    /// Creates a folder; it is an error when something is there already.
    func createFolder(_ path: SpoolPath) throws(DaemonError)

    /// Creates a file with this content; it is an error when something is there already.
    func create(_ path: SpoolPath, holding content: [UInt8]) throws(DaemonError)

    /// Copies a regular file to a new one.
    ///
    /// - Returns: the digest of the copy and the stamp of the original, which did not change
    ///   while it was read.
    func copy(_ path: SpoolPath, to copy: SpoolPath) throws(DaemonError) -> FileCopy

    /// Makes a file's content, or the names in a folder, survive a power cut.
    func sync(_ path: SpoolPath) throws(DaemonError)

    /// Makes all that is on the file system of folder `path` survive a power cut, in one step.
    ///
    /// It promises as much as a sync of each file and folder, whoever has written them.
    ///
    /// - Returns: false where there is no such step; nothing is durable then.
    func syncEverything(around path: SpoolPath) throws(DaemonError) -> Bool

    /// Renames in one step; it is an error when `target` is taken, unless `replacing` is set.
    func rename(_ path: SpoolPath, to target: SpoolPath, replacing: Bool) throws(DaemonError)

    /// Renames in one step, so that it survives a power cut; it is an error when `target` is taken.
    ///
    /// Both folders are held before and synced after that, under whatever names they have by then.
    /// Unless it is a failed sync, an error tells that nothing was renamed.
    func take(_ path: SpoolPath, to target: SpoolPath) throws(DaemonError)

    /// Removes a file, a link or an empty folder.
    func remove(_ path: SpoolPath) throws(DaemonError)

    /// Bytes that may still be written.
    func freeBytes() throws(DaemonError) -> Int

    /// Bytes that the file system has in all, whatever lies there; nil when it does not tell.
    func totalBytes() throws(DaemonError) -> Int?
}

extension FileSystem {
    package func stamps(
        of names: [FileName], in folder: SpoolPath
    ) throws(DaemonError) -> [FileStamp?] {
        try names.map { (name) throws(DaemonError) in try stamp(of: folder / name) }
    }
}

/// What a file holds, in short.
package struct FileDigest: Hashable, Codable, Sendable {
    /// Lower-case hexadecimal.
    package var sha256: String
    package var bytes: Int

    package init(sha256: String, bytes: Int) {
        self.sha256 = sha256
        self.bytes = bytes
    }
}

/// What a copy holds and what it was copied from.
package struct FileCopy: Hashable, Sendable {
    package var digest: FileDigest
    package var original: FileStamp

    package init(digest: FileDigest, original: FileStamp) {
        self.digest = digest
        self.original = original
    }
}
