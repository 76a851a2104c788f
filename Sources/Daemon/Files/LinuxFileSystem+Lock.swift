import CSystem
import Glibc

extension LinuxFileSystem {
    /// Takes the lock of this root for as long as the result lives.
    ///
    /// The kernel lets go of it when the process ends, however it ends, so no lock is ever stale.
    ///
    /// - Throws: ``DaemonError`` when another daemon has it.
    package func lock() throws(DaemonError) -> RootLock {
        try ensureFolder(Layout.work)
        let file = try open(Layout.lock, O_RDWR | O_CREAT, for: "lock")
        let result = csys_lock(file.number)
        if result == -EWOULDBLOCK { throw DaemonError(.locked, "lock", rootPath) }
        guard result == 0 else { throw DaemonError(.system(-result), "lock", "\(Layout.lock)") }
        return RootLock(file)
    }

    /// Whether a daemon works on this root.
    ///
    /// - Throws: ``DaemonError`` when that cannot be known.
    package func isLocked() throws(DaemonError) -> Bool {
        guard try exists(Layout.lock) else { return false }
        let file = try open(Layout.lock, O_RDONLY, for: "look at")
        // Shared, so that those who only look are no daemon to each other.
        return csys_share_lock(file.number) == -EWOULDBLOCK
    }
}

extension LinuxFileSystem {
    /// Keeps others from taking the lock of a folder for as long as the result lives.
    ///
    /// - Throws: ``DaemonError`` when somebody else has it.
    package func lockFolder(_ folder: SpoolPath) throws(DaemonError) -> RootLock {
        let descriptor = try open(folder, O_RDONLY | O_DIRECTORY, for: "lock")
        let result = csys_lock(descriptor.number)
        if result == -EWOULDBLOCK {
            throw DaemonError(
                .setup("another submission puts files there at this moment; try again"), "submit",
                "\(folder)")
        }
        guard result == 0 else { throw DaemonError(.system(-result), "lock", "\(folder)") }
        return RootLock(descriptor)
    }
}

/// The right to be the only one who works with a folder.
package final class RootLock: Sendable {
    private let file: Descriptor

    init(_ file: Descriptor) {
        self.file = file
    }
}
