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
        /// The disk cannot read it.
        case damaged
        /// The disk cannot read it once.
        case damagedOnce
    }

    /// Locks what is at `path`, wherever it is moved to.
    func lock(_ path: SpoolPath, _ lock: Lock? = .unreadable) {
        state.withLock { state in
            if let id = state.find(path) { state.locks[id] = lock }
        }
    }

    /// Whether there is no lock on what is at `path`.
    func isUnlocked(_ path: SpoolPath) -> Bool {
        state.withLock { state in state.find(path).map { state.locks[$0] == nil } ?? false }
    }

    /// Makes what is at `path` a thing that the disk cannot read.
    func damage(_ path: SpoolPath) { lock(path, .damaged) }

    /// From now on, so many more files and folders can be created.
    func leaveRoom(for count: Int?) {
        state.withLock { $0.room = count }
    }
}

extension SimulatedDiskState {
    mutating func checkReadable(
        _ id: Int, _ operation: String, _ path: SpoolPath
    ) throws(DaemonError) {
        switch locks[id] {
        case .unreadable: throw DaemonError(.system(EACCES), operation, "\(path)")
        case .damaged: throw DaemonError(.system(EIO), operation, "\(path)")
        case .damagedOnce:
            locks[id] = nil
            throw DaemonError(.system(EIO), operation, "\(path)")
        case .immovable, nil: return
        }
    }

    mutating func checkFolders(above path: SpoolPath, _ operation: String) throws(DaemonError) {
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
