import CSystem
import Glibc

/// Reading and writing what files hold.
extension LinuxFileSystem {
    /// Opens a regular file for reading.
    ///
    /// What else might be there is looked at before it is opened, since opening a device can do
    /// something, and again afterwards, since it may have been replaced.
    private func openFile(
        _ path: SpoolPath, for operation: String
    ) throws(DaemonError) -> (Descriptor, FileStamp) {
        if let kind = try stamp(of: path)?.kind, kind != .file {
            throw DaemonError(.notAFile(kind), operation, "\(path)")
        }
        let file = try open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, for: operation)
        let stamp = try self.stamp(of: file, path, operation)
        guard stamp.kind == .file else {
            throw DaemonError(.notAFile(stamp.kind), operation, "\(path)")
        }
        return (file, stamp)
    }

    private func stamp(
        of file: Descriptor, _ path: SpoolPath, _ operation: String
    ) throws(DaemonError) -> FileStamp {
        var info = stat()
        guard fstat(file.number, &info) == 0 else {
            throw DaemonError(.system(errno), operation, "\(path)")
        }
        return FileStamp(info)
    }

    /// Passes the content of `file` on in pieces until it ends or `body` returns false.
    private func pieces(
        of file: Descriptor, _ path: SpoolPath, _ operation: String,
        _ body: (UnsafeRawBufferPointer) throws(DaemonError) -> Bool
    ) throws(DaemonError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(file.number, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw DaemonError(.system(errno), operation, "\(path)") }
            guard count > 0, try body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) else {
                return
            }
        }
    }

    package func read(_ path: SpoolPath, limit: Int) throws(DaemonError) -> [UInt8] {
        let (file, stamp) = try openFile(path, for: "read")
        guard stamp.bytes <= limit else {
            throw DaemonError(.tooLarge(limit: limit), "read", "\(path)")
        }
        var content: [UInt8] = []
        try pieces(of: file, path, "read") { piece in
            content.append(contentsOf: piece)
            return content.count <= limit
        }
        guard content.count <= limit else {
            throw DaemonError(.tooLarge(limit: limit), "read", "\(path)")
        }
        return content
    }

    package func digest(_ path: SpoolPath, limit: Int) throws(DaemonError) -> FileDigest {
        let (file, _) = try openFile(path, for: "read")
        var hash = ContentHash()
        var left = limit
        try pieces(of: file, path, "read") { piece in
            left -= piece.count
            guard left >= 0 else { return false }
            hash.update(piece)
            return true
        }
        guard left >= 0 else { throw DaemonError(.tooLarge(limit: limit), "read", "\(path)") }
        return hash.digest
    }

    package func create(_ path: SpoolPath, holding content: [UInt8]) throws(DaemonError) {
        let file = try open(path, O_WRONLY | O_CREAT | O_EXCL, for: "create")
        try unsafeBytes(of: content) { bytes throws(DaemonError) in
            try write(bytes, to: file, path)
        }
    }

    /// `withUnsafeBytes` for closures with typed errors.
    private func unsafeBytes(
        of content: [UInt8], _ body: (UnsafeRawBufferPointer) throws(DaemonError) -> Void
    ) throws(DaemonError) {
        let result = content.withUnsafeBytes { bytes in
            Result { () throws(DaemonError) in try body(bytes) }
        }
        try result.get()
    }

    private func write(
        _ bytes: UnsafeRawBufferPointer, to file: Descriptor, _ path: SpoolPath
    ) throws(DaemonError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(file.number, piece.baseAddress, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw DaemonError(.system(errno), "write", "\(path)") }
            rest = rest.dropFirst(count)
        }
    }

    package func copy(_ path: SpoolPath, to copy: SpoolPath) throws(DaemonError) -> FileCopy {
        let (file, before) = try openFile(path, for: "copy")
        let target = try open(copy, O_WRONLY | O_CREAT | O_EXCL, for: "create")
        var hash = ContentHash()
        try pieces(of: file, path, "copy") { piece throws(DaemonError) in
            hash.update(piece)
            try write(piece, to: target, copy)
            return true
        }
        let after = try stamp(of: file, path, "copy")
        guard after == before, after.bytes == hash.bytes else {
            throw DaemonError(.changed, "copy", "\(path)")
        }
        return FileCopy(digest: hash.digest, original: after)
    }

    /// Copies the file at `source`, anywhere on the machine, to a new file beneath the root.
    package func copy(from source: String, to copy: SpoolPath) throws(DaemonError) -> FileDigest {
        let number = Glibc.open(source, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { throw DaemonError(.system(errno), "read", source) }
        let file = Descriptor(number)
        let kind = try stamp(of: file, .root, "read").kind
        guard kind == .file else { throw DaemonError(.notAFile(kind), "read", source) }
        let target = try open(copy, O_WRONLY | O_CREAT | O_EXCL, for: "create")
        var hash = ContentHash()
        try pieces(of: file, .root, "read") { piece throws(DaemonError) in
            hash.update(piece)
            try write(piece, to: target, copy)
            return true
        }
        return hash.digest
    }

    package func isMarkedComplete(_ path: SpoolPath) throws(DaemonError) -> Bool {
        let (file, stamp) = try openFile(path, for: "read")
        var value = [UInt8](repeating: 0, count: 128)
        let length = value.withUnsafeMutableBytes {
            csys_get_attribute(file.number, CompletionMark.attribute, $0.baseAddress, $0.count)
        }
        guard length > 0 else { return false }
        return value.prefix(length).elementsEqual(CompletionMark.value(for: stamp))
    }

    /// Marks a file that nobody will write to any more.
    ///
    /// - Returns: false where the file system has no such attributes; the file is then picked up
    ///   after it has been still for a while, like any other.
    package func markComplete(_ path: SpoolPath) throws(DaemonError) -> Bool {
        let (file, stamp) = try openFile(path, for: "mark")
        let value = CompletionMark.value(for: stamp)
        return value.withUnsafeBytes {
            csys_set_attribute(file.number, CompletionMark.attribute, $0.baseAddress, $0.count) == 0
        }
    }
}

/// How `sluice submit` says that a file is complete: an extended attribute that names the very
/// content, so that a copy of the file, or a later change, does not carry it.
enum CompletionMark {
    static let attribute = "user.sluice.complete"

    static func value(for stamp: FileStamp) -> [UInt8] {
        Array("\(stamp.inode):\(stamp.bytes):\(stamp.modified)".utf8)
    }
}
