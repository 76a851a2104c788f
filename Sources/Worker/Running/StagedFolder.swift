package import Arrays
import Foundation

/// A folder that appears whole under its name, or not at all.
///
/// Until `publish` it is a hidden folder beside the place where it will be.
package struct StagedFolder {
    /// Where it will be.
    package let path: String
    /// Where its files are written until then.
    package let staging: String

    /// Begins a folder that will be called `path`; missing folders above it are made.
    ///
    /// - Throws: `ArrayError` when nothing can be created there, or a file has the name.
    package init(_ path: String) throws(ArrayError) {
        if InputFile.exists(path), !FolderEntry.isFolder(behind: path) {
            throw ArrayError(.system(operation: .create, code: ENOTDIR), in: path)
        }
        let url = URL(filePath: path).standardizedFileURL
        let parent = url.deletingLastPathComponent().path
        let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
        // A name has 255 bytes at most, and a letter may take four of them.
        let stem = String(decoding: url.lastPathComponent.utf8.prefix(200), as: UTF8.self)
        staging = "\(parent)/.\(stem).\(suffix).part"
        self.path = path
        do throws(ArrayError) {
            try FolderEntry.makeFolder(staging)
        } catch {
            throw ArrayError(error.reason, in: path)
        }
    }

    /// Gives the folder its name, in the place of an empty folder or, if `isReplacing`, of any.
    ///
    /// Its files must be on the disk already, as `OutputFile` leaves them.
    ///
    /// - Throws: `ArrayError` when the system fails; then nothing has changed under the name.
    package func publish(isReplacing: Bool = false) throws(ArrayError) {
        for folder in [staging] + (try subfolders()) { try FolderSync.sync(folder) }
        if isReplacing, FolderEntry.isFolder(behind: path) { return try exchange() }
        try rename(staging, to: path)
    }

    /// Removes what was written.
    package func discard() {
        // What cannot be removed is left behind under a name that says what it is.
        try? FileManager.default.removeItem(atPath: staging)
    }

    private func exchange() throws(ArrayError) {
        let old = staging + ".old"
        try rename(path, to: old)
        do throws(ArrayError) {
            try rename(staging, to: path)
        } catch {
            try rename(old, to: path)
            throw error
        }
        // The new folder is in its place; an old one that stays costs only room.
        try? FileManager.default.removeItem(atPath: old)
    }

    private func rename(_ source: String, to target: String) throws(ArrayError) {
        guard Glibc.rename(source, target) == 0 else {
            throw ArrayError(.system(operation: .publish, code: errno), in: path)
        }
        try FolderSync.sync(
            URL(filePath: target).standardizedFileURL.deletingLastPathComponent().path)
    }

    private func subfolders() throws(ArrayError) -> [String] {
        var found: [String] = []
        var waiting = [staging]
        while let folder = waiting.popLast() {
            for entry in try FolderEntry.all(in: folder) where entry.isFolder {
                waiting.append("\(folder)/\(entry.name)")
            }
            if folder != staging { found.append(folder) }
        }
        return found
    }
}
