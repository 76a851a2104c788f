package import Arrays
import CSystem
import Glibc

/// The right to be the only process that works in a folder, for as long as this lives.
///
/// The kernel lets go of it when the process ends, however it ends, so no lock is ever stale.
package final class FolderLock {
    private let descriptor: Int32

    /// Takes the right to work in `folder`, which is made where it is missing; nil when another
    /// process has it.
    ///
    /// - Throws: `ArrayError` when nothing can be written there.
    package init?(_ folder: String) throws(ArrayError) {
        try FolderEntry.makeFolder(folder)
        let path = "\(folder)/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ArrayError(.system(operation: .create, code: errno), in: path)
        }
        let code = -csys_lock(descriptor)
        if code == EWOULDBLOCK {
            close(descriptor)
            return nil
        }
        // Some network file systems have no locks and say so; working there is not forbidden.
        guard [0, ENOLCK, ENOSYS, EOPNOTSUPP].contains(code) else {
            close(descriptor)
            throw ArrayError(.system(operation: .open, code: code), in: path)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
