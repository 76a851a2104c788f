import Daemon
import Synchronization
import TestSupport

/// A disk in memory that forgets, at a power cut, what was not synced.
///
/// A file keeps its old content, the new one or a part of it. Of the changes to folders since they
/// were synced, any may survive and any may be lost; a rename survives in both folders or in none,
/// as on journaling file systems.
final class SimulatedDisk: FileSystem {
    /// What survives a power cut of what was not synced.
    enum Survival: CaseIterable, Sendable {
        case nothing, everything, anything
    }

    /// What a disk makes of it when everything is to be synced.
    enum FullSync: Sendable {
        case working, missing, lying
    }

    let state: Mutex<SimulatedDiskState>

    /// - Parameters:
    ///   - seed: decides what survives a power cut.
    ///   - syncs: false for a disk that lies: it syncs nothing.
    init(seed: UInt64 = 0, syncs: Bool = true) {
        state = Mutex(SimulatedDiskState(generator: SeededGenerator(seed: seed), syncs: syncs))
    }

    /// Operations that have changed something so far.
    var operations: Int { state.withLock { $0.operations } }

    var hasFailed: Bool { state.withLock { $0.hasFailed } }

    /// From the given number of changing operations on, every operation fails.
    func fail(at operation: Int?) {
        state.withLock { $0.failAt = operation }
    }

    /// The next `count` changes at paths that contain `part` fail because the disk is full; nil: all
    /// of them do.
    func fill(_ count: Int?, at part: String) {
        state.withLock { $0.shortage = (part, count ?? .max) }
    }

    /// What is told of the room that is left; nothing fills it.
    func tellFree(_ bytes: Int) {
        state.withLock { $0.free = bytes }
    }

    /// What is told of the size of the disk.
    func tellTotal(_ bytes: Int?) {
        state.withLock { $0.total = bytes }
    }

    /// One sync at a path that contains `part` fails, after so many that do not; what was to be
    /// synced is lost at a power cut, even if it is synced again.
    func failSync(at part: String, after count: Int = 0) {
        state.withLock { $0.badSync = (part, count) }
    }

    /// From now on a sync of everything does this.
    func syncEverything(_ way: FullSync) {
        state.withLock { $0.fullSync = way }
    }

    /// How many single syncs there have been, and how many of everything.
    var syncs: (single: Int, full: Int) { state.withLock { ($0.singleSyncs, $0.fullSyncs) } }

    /// There is room again.
    func makeRoom() {
        state.withLock { $0.shortage = nil }
    }

    /// The power comes back.
    func restart(_ survival: Survival) {
        state.withLock { $0.restart(survival) }
    }

    func names(in folder: SpoolPath) throws(DaemonError) -> [FileName] {
        try read("list", folder) { state, id throws(DaemonError) in
            try state.folder(id, "list", folder).keys.sorted()
        }
    }

    func stamp(of path: SpoolPath) throws(DaemonError) -> FileStamp? {
        try on("look at", path) { state throws(DaemonError) in
            state.find(path).flatMap { state.stamp(of: $0) }
        }
    }

    func isMarkedComplete(_ path: SpoolPath) throws(DaemonError) -> Bool {
        _ = try content(of: path, "read")
        return false
    }

    func read(_ path: SpoolPath, limit: Int) throws(DaemonError) -> [UInt8] {
        let content = try content(of: path, "read")
        guard content.count <= limit else {
            throw DaemonError(.tooLarge(limit: limit), "read", "\(path)")
        }
        return content
    }

    func digest(_ path: SpoolPath, limit: Int) throws(DaemonError) -> FileDigest {
        SimulatedDisk.digest(try read(path, limit: limit))
    }

    func createFolder(_ path: SpoolPath) throws(DaemonError) {
        try on("create", path, changing: true) { state throws(DaemonError) in
            try state.add(.init(kind: .folder), at: path)
        }
    }

    func create(_ path: SpoolPath, holding content: [UInt8]) throws(DaemonError) {
        try on("create", path, changing: true) { state throws(DaemonError) in
            try state.add(.init(kind: .file, content: content), at: path)
        }
    }

    func copy(_ path: SpoolPath, to copy: SpoolPath) throws(DaemonError) -> FileCopy {
        let content = try content(of: path, "copy")
        try create(copy, holding: content)
        guard let stamp = try stamp(of: path) else {
            throw DaemonError(.changed, "copy", "\(path)")
        }
        return FileCopy(digest: Self.digest(content), original: stamp)
    }

    func sync(_ path: SpoolPath) throws(DaemonError) {
        let opening = DaemonError.openingToSync
        try on(opening, path, changing: true) { state throws(DaemonError) in
            guard let id = state.find(path) else {
                throw DaemonError(.system(2), opening, "\(path)")
            }
            try state.checkReadable(id, opening, path)
            try state.failSync(of: id, at: path)
            state.singleSyncs += 1
            state.sync(id)
        }
    }

    func syncEverything(around path: SpoolPath) throws(DaemonError) -> Bool {
        try on("sync", path, changing: true) { state throws(DaemonError) in
            guard let id = state.find(path) else {
                throw DaemonError(.system(2), "sync", "\(path)")
            }
            try state.checkReadable(id, "sync", path)
            guard state.fullSync != .missing else { return false }
            try state.failSync(of: id, at: path)
            state.syncEverything()
            return true
        }
    }

    func rename(_ path: SpoolPath, to target: SpoolPath, replacing: Bool) throws(DaemonError) {
        try on("rename", path, changing: true) { state throws(DaemonError) in
            try state.rename(path, to: target, replacing: replacing)
        }
    }

    func take(_ path: SpoolPath, to target: SpoolPath) throws(DaemonError) {
        try rename(path, to: target, replacing: false)
        try sync(target.parent)
        try sync(path.parent)
    }

    func remove(_ path: SpoolPath) throws(DaemonError) {
        try on("remove", path, changing: true) { state throws(DaemonError) in
            try state.remove(path)
        }
    }

    func freeBytes() throws(DaemonError) -> Int { state.withLock { $0.free } }

    func totalBytes() throws(DaemonError) -> Int? { state.withLock { $0.total } }
}

extension SimulatedDisk {
    /// No real hash is needed: equal digests mean equal content.
    static func digest(_ content: [UInt8]) -> FileDigest {
        FileDigest(sha256: String(decoding: content, as: UTF8.self), bytes: content.count)
    }

    private func content(of path: SpoolPath, _ operation: String) throws(DaemonError) -> [UInt8] {
        try read(operation, path) { state, id throws(DaemonError) in
            guard let node = state.nodes[id], node.kind == .file else {
                throw DaemonError(.notAFile(.folder), operation, "\(path)")
            }
            return node.content
        }
    }

    private func read<Value: Sendable>(
        _ operation: String, _ path: SpoolPath,
        _ body: (inout SimulatedDiskState, Int) throws(DaemonError) -> Value
    ) throws(DaemonError) -> Value {
        try on(operation, path) { state throws(DaemonError) in
            guard let id = state.find(path) else {
                throw DaemonError(.system(2), operation, "\(path)")
            }
            try state.checkReadable(id, operation, path)
            return try body(&state, id)
        }
    }

    private func on<Value: Sendable>(
        _ operation: String, _ path: SpoolPath, changing: Bool = false,
        _ body: (inout SimulatedDiskState) throws(DaemonError) -> Value
    ) throws(DaemonError) -> Value {
        let result = state.withLock { state in
            Result { () throws(DaemonError) in
                try state.count(changing: changing, operation, path)
                return try body(&state)
            }
        }
        return try result.get()
    }
}
