import CSystem
import Glibc

/// The real thing: every path is resolved by the kernel beneath one open folder.
package final class LinuxFileSystem: FileSystem {
    /// The root, opened once, so that renaming a folder above it changes nothing.
    private let root: Int32
    /// The path of the root, for messages and for workers.
    package let rootPath: String

    /// Opens `path` as the root.
    ///
    /// - Throws: ``DaemonError`` when it is not a folder or may not be read.
    package init(root path: String) throws(DaemonError) {
        rootPath = path
        root = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { throw DaemonError(.system(errno), "open", path) }
    }

    deinit {
        close(root)
    }

    /// Opens `path` beneath the root, following no link.
    func open(
        _ path: SpoolPath, _ flags: Int32, for operation: String, mode: mode_t = 0o644
    ) throws(DaemonError) -> Descriptor {
        let result = csys_open_beneath(root, path.bytes.cString, flags, mode)
        guard result >= 0 else { throw DaemonError(.system(-result), operation, "\(path)") }
        return Descriptor(result)
    }

    /// Opens the folder `path` to work with the names in it.
    func openFolder(
        _ path: SpoolPath, for operation: String
    ) throws(DaemonError) -> Descriptor {
        let result = csys_open_folder(root, path.bytes.cString)
        guard result >= 0 else { throw DaemonError(.system(-result), operation, "\(path)") }
        return Descriptor(result)
    }

    /// Opens the folder that `path` lies in, and passes its descriptor and the last name.
    ///
    /// `body` returns a negative errno when it fails.
    private func inParent(
        of path: SpoolPath, _ operation: String, _ body: (Int32, [CChar]) -> Int32
    ) throws(DaemonError) {
        guard let name = path.last else { throw DaemonError(.system(EBUSY), operation, ".") }
        let parent = try openFolder(path.parent, for: operation)
        let result = body(parent.number, name.bytes.cString)
        guard result >= 0 else { throw DaemonError(.system(-result), operation, "\(path)") }
    }

    package func names(in folder: SpoolPath) throws(DaemonError) -> [FileName] {
        let descriptor = try open(folder, O_RDONLY | O_DIRECTORY, for: "list")
        guard let stream = fdopendir(dup(descriptor.number)) else {
            throw DaemonError(.system(errno), "list", "\(folder)")
        }
        defer { closedir(stream) }
        var found: [FileName] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = FileName(bytes: entry.nameBytes)
            if name.isPlain { found.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw DaemonError(.system(errno), "list", "\(folder)") }
        return found.sorted()
    }

    package func stamp(of path: SpoolPath) throws(DaemonError) -> FileStamp? {
        var info = stat()
        do {
            try inParent(of: path, "look at") { folder, name in
                fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) < 0 ? -errno : 0
            }
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR || error.code == ELOOP { return nil }
            throw error
        }
        return FileStamp(info)
    }

    package func stamps(
        of names: [FileName], in folder: SpoolPath
    ) throws(DaemonError) -> [FileStamp?] {
        guard !names.isEmpty else { return [] }
        let parent = try openFolder(folder, for: "look at")
        return try names.map { (name) throws(DaemonError) -> FileStamp? in
            var info = stat()
            let code = fstatat(parent.number, name.bytes.cString, &info, AT_SYMLINK_NOFOLLOW)
            guard code < 0 else { return FileStamp(info) }
            if errno == ENOENT { return nil }
            throw DaemonError(.system(errno), "look at", "\(folder / name)")
        }
    }

    package func createFolder(_ path: SpoolPath) throws(DaemonError) {
        // The rest is up to the umask, or to the parent's default access list: the daemon can move
        // only those folders of others that its group may write to.
        try inParent(of: path, "create") { mkdirat($0, $1, 0o777) < 0 ? -errno : 0 }
    }

    package func sync(_ path: SpoolPath) throws(DaemonError) {
        try sync(try open(path, O_RDONLY | O_NONBLOCK, for: DaemonError.openingToSync), path)
    }

    /// Syncs what is open as `file`, and is or was at `path`.
    private func sync(_ file: Descriptor, _ path: SpoolPath) throws(DaemonError) {
        guard fsync(file.number) == 0 else { throw DaemonError(.system(errno), "sync", "\(path)") }
    }

    package func syncEverything(around path: SpoolPath) throws(DaemonError) -> Bool {
        let folder = try open(path, O_RDONLY | O_DIRECTORY, for: DaemonError.openingToSync)
        let code = -csys_sync_everything(folder.number)
        // A sandbox may forbid it.
        if [EOPNOTSUPP, ENOSYS, EPERM].contains(code) { return false }
        guard code == 0 else { throw DaemonError(.system(code), "sync", "\(path)") }
        return true
    }

    package func take(_ path: SpoolPath, to target: SpoolPath) throws(DaemonError) {
        guard let old = path.last, let new = target.last else {
            throw DaemonError(.system(EBUSY), "rename", ".")
        }
        let from = try open(path.parent, O_RDONLY | O_DIRECTORY, for: "open")
        let to = try open(target.parent, O_RDONLY | O_DIRECTORY, for: "open")
        let result = csys_rename(
            from.number, old.bytes.cString, to.number, new.bytes.cString, false)
        guard result >= 0 else {
            throw DaemonError(.system(-result), "rename to \(target)", "\(path)")
        }
        try sync(to, target.parent)
        try sync(from, path.parent)
    }

    package func rename(
        _ path: SpoolPath, to target: SpoolPath, replacing: Bool
    ) throws(DaemonError) {
        guard let name = target.last else { throw DaemonError(.system(EBUSY), "rename to", ".") }
        let folder = try openFolder(target.parent, for: "rename to")
        try inParent(of: path, "rename to \(target)") { from, old in
            csys_rename(from, old, folder.number, name.bytes.cString, replacing)
        }
    }

    package func remove(_ path: SpoolPath) throws(DaemonError) {
        let isFolder = try stamp(of: path)?.kind == .folder
        try inParent(of: path, "remove") {
            unlinkat($0, $1, isFolder ? AT_REMOVEDIR : 0) < 0 ? -errno : 0
        }
    }

    package func freeBytes() throws(DaemonError) -> Int {
        try space().free
    }

    package func totalBytes() throws(DaemonError) -> Int? {
        var status = statvfs()
        guard fstatvfs(root, &status) == 0 else {
            throw DaemonError(.system(errno), "measure", rootPath)
        }
        let (bytes, isTooMuch) = UInt64(status.f_blocks).multipliedReportingOverflow(
            by: UInt64(status.f_frsize))
        // Some file systems in user space call themselves empty.
        return isTooMuch || bytes == 0 ? nil : Int(clamping: bytes)
    }

    /// Free bytes, and the kind of file system.
    func space() throws(DaemonError) -> (free: Int, type: UInt64) {
        var free: UInt64 = 0
        var type: UInt64 = 0
        let result = csys_space(root, &free, &type)
        guard result == 0 else { throw DaemonError(.system(-result), "measure", rootPath) }
        return (Int(clamping: free), type)
    }
}

extension FileStamp {
    init(_ info: stat) {
        let kind: Kind =
            switch info.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        self.init(
            kind: kind, inode: UInt64(info.st_ino), bytes: Int(info.st_size),
            modified: FileStamp.nanoseconds(info.st_mtim),
            changed: FileStamp.nanoseconds(info.st_ctim))
    }

    /// Wraps around for absurd times that a file may carry; only equality matters.
    private static func nanoseconds(_ time: timespec) -> Int {
        Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
    }
}

extension UnsafeMutablePointer<dirent> {
    /// The bytes of the entry's name.
    fileprivate var nameBytes: [UInt8] {
        withUnsafePointer(to: &pointee.d_name) { tuple in
            let start = UnsafeRawPointer(tuple).assumingMemoryBound(to: CChar.self)
            return UnsafeRawBufferPointer(start: start, count: strlen(start)).map { $0 }
        }
    }
}

extension [UInt8] {
    /// The bytes as a C string.
    fileprivate var cString: [CChar] { map(CChar.init(bitPattern:)) + [0] }
}
