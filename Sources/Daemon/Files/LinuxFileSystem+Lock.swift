import CSystem
import Glibc

extension LinuxFileSystem {
    /// Takes the lock of this root for as long as the result lives.
    ///
    /// The kernel lets go of it when the process ends, however it ends, so no lock is ever stale.
    /// Whoever can open a file can lock it, so others cannot open this one; what they can open, to
    /// look whether there is a daemon, decides nothing.
    ///
    /// - Throws: ``DaemonError`` when another daemon has it.
    package func lock() throws(DaemonError) -> RootLock {
        try ensureFolder(Layout.work)
        let file = try open(Layout.lock, O_RDWR | O_CREAT, for: "lock", mode: 0o600)
        let result = csys_lock(file.number)
        if result == -EWOULDBLOCK { throw DaemonError(.locked, "lock", rootPath) }
        guard result == 0 else { throw DaemonError(.system(-result), "lock", "\(Layout.lock)") }
        // A daemon of an earlier version has made it for all to read.
        _ = fchmod(file.number, 0o600)
        let lock = RootLock(file, sign: try open(Layout.alive, O_RDWR | O_CREAT, for: "lock"))
        // Who looks holds it for a moment.
        for _ in 0..<20 where !lock.showsItself() { usleep(5000) }
        return lock
    }

    /// Whether a daemon works on this root.
    ///
    /// - Throws: ``DaemonError`` when that cannot be known.
    package func isLocked() throws(DaemonError) -> Bool {
        guard try exists(Layout.alive) else { return false }
        let file = try open(Layout.alive, O_RDONLY, for: "look at")
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
    /// What shows others that the lock is held.
    private let sign: Descriptor?

    init(_ file: Descriptor, sign: Descriptor? = nil) {
        self.file = file
        self.sign = sign
    }

    /// Shows others that the lock is held.
    ///
    /// - Returns: false while somebody who looks holds the sign; it is to be tried again then.
    package func showsItself() -> Bool {
        sign.map { csys_lock($0.number) != -EWOULDBLOCK } ?? true
    }
}
