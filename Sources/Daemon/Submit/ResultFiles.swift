package import Jobs
import YAML

/// The files of a result, for whoever runs its job again.
///
/// What a user has submitted may hold links to anything that the administrator may read: none is
/// followed, and nothing outside the result is opened.
package struct ResultFiles: Sendable {
    /// The path of the result, for messages; every path that is asked for begins with it.
    package let path: String
    private let files: LinuxFileSystem
    private let folder: SpoolPath

    /// The files of the result that is called `name`.
    ///
    /// - Parameters:
    ///   - files: those of the root.
    ///   - name: the name of the result.
    ///   - root: the path of the root.
    package init(_ files: LinuxFileSystem, _ name: String, root: String) {
        self.files = files
        folder = Layout.outbox / name
        path = "\(root)/\(Layout.outbox)/\(name)"
    }

    /// Whether there is a regular file at `path`.
    package func hasFile(_ path: String) -> Bool {
        guard let place = place(path) else { return false }
        return (try? files.stamp(of: place))?.kind == .file
    }

    /// The names in the folder at `path`; none when it cannot be listed.
    package func names(in path: String) -> [String] {
        guard let place = place(path) else { return [] }
        return ((try? files.names(in: place)) ?? []).compactMap(\.exactText).sorted()
    }

    /// The content of the job file, or of its defaults.
    ///
    /// - Throws: `JobError` that says why there is none.
    package func read(_ path: String) throws(JobError) -> [UInt8] {
        guard let place = place(path) else { throw JobError(.missing, file: path) }
        do throws(DaemonError) {
            return try files.read(place, limit: YAMLLimits().bytes + 1)
        } catch {
            throw JobError(.unreadable(error.words), file: path)
        }
    }

    /// Copies the file at `path` to a new file beneath the root.
    ///
    /// - Parameters:
    ///   - path: where it is in the result.
    ///   - target: where the copy goes.
    /// - Returns: the digest of what was copied.
    /// - Throws: ``DaemonError`` when it is none, or changes meanwhile.
    package func copy(_ path: String, to target: SpoolPath) throws(DaemonError) -> FileDigest {
        guard let place = place(path) else {
            throw DaemonError(.setup("it leads out of the result"), "copy", path)
        }
        return try files.copy(place, to: target).digest
    }

    private func place(_ path: String) -> SpoolPath? {
        guard path.hasPrefix(self.path + "/") else { return nil }
        let rest = path.dropFirst(self.path.count + 1)
        return folder.beneath(String(rest.last == "/" ? rest.dropLast() : rest))
    }
}
