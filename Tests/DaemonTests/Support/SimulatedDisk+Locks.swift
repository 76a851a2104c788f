import Daemon
import Glibc
import Synchronization

/// What somebody else owns, and a disk that is full.
extension SimulatedDisk {
    enum Lock: Sendable {
        /// Its content may not be looked at, nor anything beneath it.
        case unreadable
        /// It may not be moved into another folder.
        case immovable
    }

    /// Locks what is at `path`, wherever it is moved to.
    func lock(_ path: SpoolPath, _ lock: Lock? = .unreadable) {
        state.withLock { state in
            if let id = state.find(path) { state.locks[id] = lock }
        }
    }

    /// From now on, so many more files and folders can be created.
    func leaveRoom(for count: Int?) {
        state.withLock { $0.room = count }
    }
}

extension SimulatedDiskState {
    func checkReadable(
        _ id: Int, _ operation: String, _ path: SpoolPath
    ) throws(DaemonError) {
        guard locks[id] == .unreadable else { return }
        throw DaemonError(.system(EACCES), operation, "\(path)")
    }

    func checkFolders(above path: SpoolPath, _ operation: String) throws(DaemonError) {
        for folder in path.ancestors {
            if let id = find(folder) { try checkReadable(id, operation, path) }
        }
    }

    func checkMovable(
        _ id: Int, _ path: SpoolPath, from: Int, to: Int
    ) throws(DaemonError) {
        guard locks[id] == .immovable, from != to else { return }
        throw DaemonError(.system(EACCES), "rename", "\(path)")
    }

    mutating func takeRoom(for path: SpoolPath) throws(DaemonError) {
        guard let room else { return }
        guard room > 0 else { throw DaemonError(.system(ENOSPC), "create", "\(path)") }
        self.room = room - 1
    }
}
