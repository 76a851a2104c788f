import Arrays
import CSystem
import Glibc

/// The right to be the only training in a folder, for as long as this lives.
///
/// The kernel lets go of it when the process ends, however it ends, so no lock is ever stale.
final class TrainingLock {
    private let descriptor: Int32

    /// Takes the right to train in `folder`, which is made where it is missing.
    ///
    /// - Throws: `SessionError` when another process has it, or `ArrayError` when nothing can be
    ///   written there.
    init(_ folder: TrainingFolder) throws {
        try FolderEntry.makeFolder(folder.path)
        let path = "\(folder.path)/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ArrayError(.system(operation: .create, code: errno), in: path)
        }
        let code = -csys_lock(descriptor)
        // Some network file systems have no locks and say so; training there is not forbidden.
        guard [0, ENOLCK, ENOSYS, EOPNOTSUPP].contains(code) else {
            close(descriptor)
            throw code == EWOULDBLOCK
                ? SessionError(.isRunning, folder: folder.path)
                : ArrayError(.system(operation: .open, code: code), in: path)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
