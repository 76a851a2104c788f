import Glibc

/// A regular file that is open for reading at any offset.
///
/// Every read says how much it wants and gets it or an error, so a file that is cut while it is
/// being read is noticed.
package final class InputFile: Sendable {
    package let path: String
    /// The size in bytes when the file was opened.
    package let size: Int
    private let descriptor: Int32

    /// Opens the regular file at `path`.
    ///
    /// - Throws: `ArrayError` when it cannot be opened, or is a folder, a pipe or a device.
    package init(_ path: String) throws(ArrayError) {
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            throw ArrayError(.system(operation: .open, code: errno), in: path)
        }
        var status = stat()
        let code = fstat(descriptor, &status) == 0 ? 0 : errno
        guard code == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw code == 0
                ? ArrayError(.unsupported("is not a regular file"), in: path)
                : ArrayError(.system(operation: .open, code: code), in: path)
        }
        self.path = path
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Whether there is anything at `path`.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether both paths lead to one existing file.
    package static func isSame(_ first: String, _ second: String) -> Bool {
        var (a, b) = (stat(), stat())
        guard stat(first, &a) == 0, stat(second, &b) == 0 else { return false }
        return a.st_dev == b.st_dev && a.st_ino == b.st_ino
    }

    /// The `count` bytes from `offset` on.
    ///
    /// - Throws: `ArrayError` when the file ends before them or the system fails.
    package func bytes(at offset: Int, count: Int) throws(ArrayError) -> [UInt8] {
        // Asked for too much, the file is at fault; nothing of that size is allocated.
        guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
            throw ArrayError(.malformed("ends before byte \(offset) + \(count)"), in: path)
        }
        var failure: ArrayError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(ArrayError) {
                let found = try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
                initialized = found
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        guard bytes.count == count else {
            throw ArrayError(.malformed("ends before byte \(offset) + \(count)"), in: path)
        }
        return bytes
    }

    /// The whole file.
    ///
    /// - Throws: `ArrayError` when the system fails or the file was cut meanwhile.
    package func contents() throws(ArrayError) -> [UInt8] {
        try bytes(at: 0, count: size)
    }

    /// Fills `buffer` from `offset` on and returns how many bytes there were before the end.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package func read(
        at offset: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ArrayError) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, base + done, buffer.count - done, offset + done)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw ArrayError(.system(operation: .read, code: errno), in: path)
            }
            done += count
        }
        return done
    }

    /// The whole file as memory that the system fills when it is looked at.
    ///
    /// - Throws: `ArrayError` when the system refuses.
    package func mapped() throws(ArrayError) -> MappedBytes {
        guard size > 0 else { return MappedBytes() }
        let memory = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0)
        guard let memory, memory != MAP_FAILED else {
            throw ArrayError(.system(operation: .map, code: errno), in: path)
        }
        return MappedBytes(UnsafeRawBufferPointer(start: memory, count: size))
    }
}
