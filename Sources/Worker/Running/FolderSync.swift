import Arrays
import Glibc

/// Brings the names in a folder to the disk; files are brought there when they are written.
enum FolderSync {
    /// Syncs `folder`.
    ///
    /// - Throws: `ArrayError` when the system fails.
    static func sync(_ folder: String) throws(ArrayError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ArrayError(.system(operation: .open, code: errno), in: folder)
        }
        defer { close(descriptor) }
        // Some network file systems cannot do this for folders and say so.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
            throw ArrayError(.system(operation: .publish, code: errno), in: folder)
        }
    }
}
