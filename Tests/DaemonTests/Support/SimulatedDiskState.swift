import Daemon
import TestSupport

/// What a simulated disk holds, in its cache and on its platter.
struct SimulatedDiskState: Sendable {
    struct Node: Sendable {
        let kind: FileStamp.Kind
        var content: [UInt8] = []
        /// The content that survives; nil: never synced.
        var kept: [UInt8]?
        var entries: [FileName: Int] = [:]
        var keptEntries: [FileName: Int] = [:]
        var modified = 0
        var changed = 0
        /// Whether the disk has failed to keep what was written, and will not say so again.
        var isLost = false
    }

    /// A change to one folder, or a rename from one to another.
    struct Change: Sendable {
        var removal: (folder: Int, name: FileName, id: Int)?
        var addition: (folder: Int, name: FileName, id: Int)?
        var isRename: Bool { removal != nil && addition != nil }

        func touches(_ folder: Int) -> Bool {
            removal?.folder == folder || addition?.folder == folder
        }
    }

    var generator: SeededGenerator
    let syncs: Bool
    private(set) var nodes: [Int: Node] = [0: Node(kind: .folder)]
    private var changes: [Change] = []
    private var nextId = 1
    private var clock = 1
    var operations = 0
    var failAt: Int?
    var hasFailed = false
    /// What may not be done with some nodes.
    var locks: [Int: SimulatedDisk.Lock] = [:]
    /// How many files and folders may still be created; nil: any number.
    var room: Int?
    var free = 1 << 40
    var total: Int? = 1 << 41
    /// Where a sync fails, once, after how many that do not.
    var badSync: (part: String, after: Int)?
    var fullSync = SimulatedDisk.FullSync.working
    var singleSyncs = 0
    var fullSyncs = 0
    /// Where there is no room, and for how many more changes.
    var shortage: (part: String, count: Int)?

    init(generator: SeededGenerator, syncs: Bool) {
        self.generator = generator
        self.syncs = syncs
    }

    mutating func count(
        changing: Bool, _ operation: String, _ path: SpoolPath
    ) throws(DaemonError) {
        if changing {
            operations += 1
            if let failAt, operations >= failAt { hasFailed = true }
        }
        if hasFailed { throw DaemonError(.damaged("the power is off"), operation, "\(path)") }
        try checkFolders(above: path, operation)
        guard changing, let (part, count) = shortage, count > 0, "\(path)".contains(part) else {
            return
        }
        shortage = (part, count - 1)
        throw DaemonError(.system(28), operation, "\(path)")
    }

    func find(_ path: SpoolPath) -> Int? {
        var id = 0
        for name in path.names {
            guard let next = nodes[id]?.entries[name] else { return nil }
            id = next
        }
        return id
    }

    func folder(
        _ id: Int, _ operation: String, _ path: SpoolPath
    ) throws(DaemonError) -> [FileName: Int] {
        guard let node = nodes[id], node.kind == .folder else {
            throw DaemonError(.system(20), operation, "\(path)")
        }
        return node.entries
    }

    func stamp(of id: Int) -> FileStamp? {
        nodes[id].map {
            FileStamp(
                kind: $0.kind, inode: UInt64(id), bytes: $0.content.count, modified: $0.modified,
                changed: $0.changed)
        }
    }

    mutating func add(_ node: Node, at path: SpoolPath) throws(DaemonError) {
        try takeRoom(for: path)
        guard let folder = find(path.parent), let name = path.last else {
            throw DaemonError(.system(2), "create", "\(path)")
        }
        guard nodes[folder]?.entries[name] == nil else {
            throw DaemonError(.system(17), "create", "\(path)")
        }
        clock += 1
        var node = node
        node.modified = clock
        node.changed = clock
        let id = nextId
        nextId += 1
        nodes[id] = node
        apply(Change(addition: (folder, name, id)))
    }

    /// Somebody who has the file open writes to it, under whatever name it is by now.
    mutating func append(_ bytes: [UInt8], to id: Int) {
        clock += 1
        nodes[id]?.content += bytes
        nodes[id]?.modified = clock
        nodes[id]?.changed = clock
    }

    /// Time passes in which nothing is done.
    mutating func pass(_ nanoseconds: Int) { clock += nanoseconds }

    /// The owner of a file changes, or its mode, or the number of its links.
    mutating func touch(_ id: Int) {
        clock += 1
        nodes[id]?.changed = clock
    }

    mutating func rename(
        _ path: SpoolPath, to target: SpoolPath, replacing: Bool
    ) throws(DaemonError) {
        guard let from = find(path.parent), let name = path.last, let id = find(path),
            let to = find(target.parent), let newName = target.last
        else { throw DaemonError(.system(2), "rename", "\(path)") }
        if nodes[to]?.entries[newName] != nil, !replacing {
            throw DaemonError(.system(17), "rename", "\(target)")
        }
        try checkMovable(id, path, from: from, to: to)
        clock += 1
        nodes[id]?.changed = clock
        apply(Change(removal: (from, name, id), addition: (to, newName, id)))
    }

    mutating func remove(_ path: SpoolPath) throws(DaemonError) {
        guard let folder = find(path.parent), let name = path.last, let id = find(path) else {
            throw DaemonError(.system(2), "remove", "\(path)")
        }
        guard nodes[id]?.entries.isEmpty == true else {
            throw DaemonError(.system(39), "remove", "\(path)")
        }
        apply(Change(removal: (folder, name, id)))
    }

    private mutating func apply(_ change: Change) {
        if let (folder, name, _) = change.removal { nodes[folder]?.entries[name] = nil }
        if let (folder, name, id) = change.addition { nodes[folder]?.entries[name] = id }
        clock += 1
        for folder in [change.removal?.folder, change.addition?.folder].compactMap(\.self) {
            nodes[folder]?.modified = clock
            nodes[folder]?.changed = clock
        }
        changes.append(change)
    }

    /// A sync of a file that fails is not made up for by the next one, as on Linux.
    mutating func failSync(of id: Int, at path: SpoolPath) throws(DaemonError) {
        guard let (part, after) = badSync, "\(path)".contains(part) else { return }
        badSync = after > 0 ? (part, after - 1) : nil
        guard after == 0 else { return }
        if nodes[id]?.kind == .file { nodes[id]?.isLost = true }
        throw DaemonError(.system(5), "sync", "\(path)")
    }

    mutating func syncEverything() {
        fullSyncs += 1
        guard fullSync == .working else { return }
        for id in nodes.keys.sorted() { sync(id) }
    }

    mutating func sync(_ id: Int) {
        guard syncs, nodes[id]?.isLost != true else { return }
        let content = nodes[id]?.content
        nodes[id]?.kept = content
        for change in changes where change.touches(id) { keep(change) }
        changes.removeAll { $0.touches(id) }
    }

    /// Puts `change` on the platter, when it still makes sense there.
    private mutating func keep(_ change: Change) {
        if change.isRename, let (folder, name, id) = change.removal,
            nodes[folder]?.keptEntries[name] != id, !isNew(id)
        {
            return
        }
        if let (folder, name, id) = change.removal, nodes[folder]?.keptEntries[name] == id {
            nodes[folder]?.keptEntries[name] = nil
        }
        if let (folder, name, id) = change.addition { nodes[folder]?.keptEntries[name] = id }
    }

    /// Whether the platter does not know the node by any name.
    private func isNew(_ id: Int) -> Bool {
        !nodes.values.contains { $0.keptEntries.values.contains(id) }
    }

    mutating func restart(_ survival: SimulatedDisk.Survival) {
        for change in changes where survives(survival) { keep(change) }
        changes = []
        for id in nodes.keys.sorted() {
            guard var node = nodes[id] else { continue }
            if node.kept != node.content { node.content = survivingContent(of: node, survival) }
            node.kept = node.content
            node.isLost = false
            node.entries = node.keptEntries
            nodes[id] = node
        }
        hasFailed = false
        failAt = nil
    }

    private mutating func survivingContent(
        of node: Node, _ survival: SimulatedDisk.Survival
    ) -> [UInt8] {
        let old = node.kept ?? []
        if node.isLost { return old }
        switch survival {
        case .nothing: return old
        case .everything: return node.content
        case .anything:
            let part = Array(node.content.prefix(node.content.count / 2))
            return [old, part, node.content].randomElement(using: &generator) ?? old
        }
    }

    private mutating func survives(_ survival: SimulatedDisk.Survival) -> Bool {
        switch survival {
        case .nothing: false
        case .everything: true
        case .anything: Bool.random(using: &generator)
        }
    }
}
