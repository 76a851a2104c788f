import Glibc

/// A file that appears whole under its name, or not at all.
///
/// The bytes go to a temporary file in the same folder; `publish` brings them to the disk and
/// gives them their name in one step. Without `publish` nothing remains.
package final class OutputFile {
    package let path: String
    /// The number of bytes appended so far.
    package private(set) var count = 0
    private let folder: String
    private let temporaryPath: String
    private let descriptor: Int32
    private var isPublished = false

    /// Begins a file that will be called `path`.
    ///
    /// - Throws: `ArrayError` when nothing can be created there.
    package init(_ path: String) throws(ArrayError) {
        let (folder, name) = Self.split(path)
        if FolderEntry.isFolder(behind: path) {
            throw ArrayError(.system(operation: .create, code: EISDIR), in: path)
        }
        let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
        // A name has 255 bytes at most, and a letter may take four of them.
        let stem = String(decoding: name.utf8.prefix(200), as: UTF8.self)
        let temporaryPath = "\(folder)/.\(stem).\(suffix).part"
        let descriptor = open(temporaryPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ArrayError(.system(operation: .create, code: errno), in: path)
        }
        self.path = path
        self.folder = folder
        self.temporaryPath = temporaryPath
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
        if !isPublished { unlink(temporaryPath) }
    }

    /// Appends `bytes`.
    ///
    /// - Throws: `ArrayError` when the system fails, for instance because the disk is full.
    package func append(_ bytes: [UInt8]) throws(ArrayError) {
        try write(bytes, at: count)
        count += bytes.count
    }

    /// Writes `bytes` over what was appended before, from `offset` on.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package func overwrite(_ bytes: [UInt8], at offset: Int) throws(ArrayError) {
        precondition(offset >= 0 && offset + bytes.count <= count, "nothing to overwrite there")
        try write(bytes, at: offset)
    }

    /// The SHA-256 of all that was written.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package func digest() throws(ArrayError) -> String {
        var digest = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var offset = 0
        while offset < count {
            let found = pread(descriptor, &buffer, min(buffer.count, count - offset), offset)
            if found < 0, errno == EINTR { continue }
            guard found > 0 else {
                throw ArrayError(.system(operation: .read, code: found < 0 ? errno : EIO), in: path)
            }
            buffer.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<found])) }
            offset += found
        }
        return digest.hexadecimal
    }

    /// Brings the bytes to the disk and gives the file its name, replacing what had it.
    ///
    /// - Throws: `ArrayError` when the system fails; then nothing has changed under the name.
    package func publish() throws(ArrayError) {
        guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else {
            throw ArrayError(.system(operation: .publish, code: errno), in: path)
        }
        isPublished = true
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else {
            throw ArrayError(.system(operation: .publish, code: errno), in: folder)
        }
        defer { close(directory) }
        // Some network file systems cannot do this and say so; the file is in place there.
        guard fsync(directory) == 0 || errno == EINVAL || errno == EROFS else {
            throw ArrayError(.system(operation: .publish, code: errno), in: folder)
        }
    }

    /// A file of `bytes` at `path`, written as a whole.
    ///
    /// - Throws: `ArrayError` when the system fails; then nothing has changed under the name.
    package static func write(_ bytes: [UInt8], to path: String) throws(ArrayError) {
        let file = try OutputFile(path)
        try file.append(bytes)
        try file.publish()
    }

    /// A copy of `source` at `path`, written as a whole, of which a block at a time is in memory.
    ///
    /// - Throws: `ArrayError` when the system fails or `source` was cut meanwhile; then nothing has
    ///   changed under the name.
    package static func copy(_ source: InputFile, to path: String) throws(ArrayError) {
        let file = try OutputFile(path)
        try source.forEachBlock { (block) throws(ArrayError) in try file.append(block) }
        try file.publish()
    }

    private func write(_ bytes: [UInt8], at offset: Int) throws(ArrayError) {
        let code: Int32 = bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            var done = 0
            while done < buffer.count {
                let count = pwrite(descriptor, base + done, buffer.count - done, offset + done)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return count == 0 ? ENOSPC : errno }
                done += count
            }
            return 0
        }
        guard code == 0 else {
            throw ArrayError(.system(operation: .write, code: code), in: path)
        }
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = path[..<slash]
        return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
    }
}
