/// Walks through trees, parts of which others may have written.
///
/// What others have written may be closed to the daemon, or lie too deep; that must not hold up
/// the rest. The daemon's own files are never spared.
extension FileSystem {
    /// Makes every file and folder of a tree durable, its own name excepted.
    ///
    /// Parts that others have filled with many files take one step for all of them where the system
    /// has it: tens of thousands of files would hold up every other job, one by one.
    ///
    /// - Parameters:
    ///   - path: the tree.
    ///   - foreign: parts of it that others have written; what cannot be opened there is left.
    /// - Throws: ``DaemonError``.
    package func syncTree(
        _ path: SpoolPath, sparing foreign: [SpoolPath] = []
    ) throws(DaemonError) {
        var crowds: [SpoolPath] = []
        for part in foreign {
            if try isCrowded(part) { crowds.append(part) }
        }
        if let crowd = crowds.first, try !syncEverything(around: crowd) { crowds = [] }
        try syncTree(path, sparing: foreign, but: crowds)
    }

    /// The same, one by one, without the parts that are durable already.
    private func syncTree(
        _ path: SpoolPath, sparing foreign: [SpoolPath], but synced: [SpoolPath]
    ) throws(DaemonError) {
        for name in try names(in: path) {
            let entry = path / name
            if synced.contains(entry) { continue }
            try spareGone(entry, in: foreign) { () throws(DaemonError) in
                switch try stamp(of: entry)?.kind {
                case .folder: try syncTree(entry, sparing: foreign, but: synced)
                case .file: try sync(entry)
                case .link, .other, nil: break
                }
            }
        }
        try sync(path)
    }

    /// Whether `path` is a folder with so many entries, at any depth, that one step is better.
    private func isCrowded(_ path: SpoolPath) throws(DaemonError) -> Bool {
        let few = 300
        var count = 0
        var folders = [path]
        while let folder = folders.popLast(), count <= few {
            try spareGone(folder, in: [path]) { () throws(DaemonError) in
                guard try stamp(of: folder)?.kind == .folder else { return }
                let names = try names(in: folder)
                count += names.count
                // A file among them adds nothing.
                if count <= few { folders += names.map { folder / $0 } }
            }
        }
        return count > few
    }

    /// The SHA-256 and the size of a regular file, however large.
    ///
    /// - Parameter path: the file.
    /// - Returns: both.
    /// - Throws: ``DaemonError``.
    package func digest(_ path: SpoolPath) throws(DaemonError) -> FileDigest {
        try digest(path, limit: .max)
    }

    /// The regular files of a tree, sorted, as paths below `path`.
    ///
    /// - Parameters:
    ///   - path: the tree.
    ///   - foreign: parts of it that others have written; what cannot be opened there is left out.
    /// - Returns: the files.
    /// - Throws: ``DaemonError``.
    package func files(
        in path: SpoolPath, sparing foreign: [SpoolPath] = []
    ) throws(DaemonError) -> [SpoolPath] {
        var found: [SpoolPath] = []
        for name in try names(in: path) {
            let entry = path / name
            try spareGone(entry, in: foreign) { () throws(DaemonError) in
                switch try stamp(of: entry)?.kind {
                case .file: found.append(entry)
                case .folder: found += try files(in: entry, sparing: foreign)
                case .link, .other, nil: break
                }
            }
        }
        return found
    }

    /// Why the daemon cannot read a file or list a folder, without what is beneath it.
    ///
    /// - Parameter path: a file or folder that others have written.
    /// - Returns: the reason; nil when it can, or when nothing is there.
    /// - Throws: ``DaemonError`` when the machine is at fault.
    package func obstacle(at path: SpoolPath) throws(DaemonError) -> Obstacle? {
        do throws(DaemonError) {
            switch try stamp(of: path)?.kind {
            case .folder: _ = try names(in: path)
            case .file: _ = try isMarkedComplete(path)
            case .link, .other, nil: break
            }
            return nil
        } catch {
            guard error.isOutOfReach else { throw error }
            return Obstacle(path: path, reason: error.words)
        }
    }

    /// What the daemon cannot read of `path` and everything beneath it.
    ///
    /// - Parameter path: a file or folder that others have written.
    /// - Returns: the files and folders, each with the reason in words.
    /// - Throws: ``DaemonError`` when the machine is at fault.
    package func obstacles(in path: SpoolPath) throws(DaemonError) -> [Obstacle] {
        var count = 0
        return try obstacles(in: path, count: &count)
    }

    /// The same, and how many files and folders were looked at.
    func obstacles(in path: SpoolPath, count: inout Int) throws(DaemonError) -> [Obstacle] {
        count += 1
        do throws(DaemonError) {
            switch try stamp(of: path)?.kind {
            case .folder:
                var found: [Obstacle] = []
                for name in try names(in: path) {
                    found += try obstacles(in: path / name, count: &count)
                }
                return found
            case .file:
                // Looking for the mark opens the file, which is the only honest test.
                _ = try isMarkedComplete(path)
                return []
            case .link, .other, nil: return []
            }
        } catch {
            // What somebody has removed meanwhile is in nobody's way.
            if error.isGone { return [] }
            guard error.isOutOfReach else { throw error }
            return [Obstacle(path: path, reason: error.words)]
        }
    }

    /// Removes what can be removed of `path` and everything beneath it.
    ///
    /// - Parameter path: a file or folder that others may have written into; nothing there is fine.
    /// - Returns: what could not be removed, each with the reason in words.
    func clear(_ path: SpoolPath) -> [Obstacle] {
        do throws(DaemonError) {
            guard let stamp = try stamp(of: path) else { return [] }
            if stamp.kind == .folder {
                let left = try names(in: path).flatMap { clear(path / $0) }
                guard left.isEmpty else { return left }
            }
            try remove(path)
            return []
        } catch {
            return [Obstacle(path: path, reason: error.words)]
        }
    }

    /// Does `step` with `path`, unless it lies in a part that is `foreign` and is out of reach.
    func spare(
        _ path: SpoolPath, in foreign: [SpoolPath], _ step: () throws(DaemonError) -> Void
    ) throws(DaemonError) {
        do throws(DaemonError) {
            try step()
        } catch {
            guard error.isOutOfReach, foreign.contains(where: path.isWithin) else { throw error }
        }
    }

    /// The same for a step that nothing else depends on: others may remove what is `foreign` at any time.
    func spareGone(
        _ path: SpoolPath, in foreign: [SpoolPath], _ step: () throws(DaemonError) -> Void
    ) throws(DaemonError) {
        try spare(path, in: foreign) { () throws(DaemonError) in
            do throws(DaemonError) {
                try step()
            } catch {
                guard error.isGone, foreign.contains(where: path.isWithin) else { throw error }
            }
        }
    }
}

/// A submitted file or folder that the daemon cannot read.
package struct Obstacle: Equatable, Sendable {
    package let path: SpoolPath
    package let reason: String
}
