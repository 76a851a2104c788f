import Glibc

/// Steps made of the elementary ones; each may be interrupted anywhere and done again.
extension FileSystem {
    package func exists(_ path: SpoolPath) throws(DaemonError) -> Bool {
        try stamp(of: path) != nil
    }

    /// Writes `content` to `path` so that after a crash the old content or the new one is there.
    ///
    /// A failed `fsync` is never repeated: the temporary file is written anew next time.
    package func replace(_ path: SpoolPath, with content: [UInt8]) throws(DaemonError) {
        let temporary = path.temporary
        try removeTree(temporary)
        try create(temporary, holding: content)
        try sync(temporary)
        try rename(temporary, to: path, replacing: true)
        try sync(path.parent)
    }

    /// Creates a folder durably unless it is there.
    ///
    /// What is moved into a folder whose own name gets lost is lost with it. A folder that is there
    /// may have been made just before a crash, so its name is synced in any case.
    package func ensureFolder(_ path: SpoolPath) throws(DaemonError) {
        if let stamp = try stamp(of: path) {
            guard stamp.kind == .folder else {
                throw DaemonError(
                    .setup("it is \(stamp.kind.words), and must be a folder"), "open", "\(path)")
            }
        } else {
            try createFolder(path)
        }
        try sync(path.parent)
    }

    /// Removes whatever is at `path`, with its content; nothing there is fine.
    package func removeTree(_ path: SpoolPath) throws(DaemonError) {
        guard let stamp = try stamp(of: path) else { return }
        if stamp.kind == .folder {
            for name in try names(in: path) { try removeTree(path / name) }
        }
        try remove(path)
    }

    /// Moves `path` to `target` durably; done already is fine.
    package func move(_ path: SpoolPath, to target: SpoolPath) throws(DaemonError) {
        if try exists(path) { try rename(path, to: target, replacing: false) }
        try sync(target.parent)
        try sync(path.parent)
    }
}

extension SpoolPath {
    /// Where a new content of the file is written before it takes the place of the old one.
    var temporary: SpoolPath {
        parent / FileName(bytes: Array(".".utf8) + (last?.bytes ?? []) + Array(".tmp".utf8))
    }
}
