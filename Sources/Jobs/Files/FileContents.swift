internal import Glibc

/// The bytes of a small regular file.
package enum FileContents {
    /// Reads at most `limit` bytes and one more, so that what is too large can be told.
    ///
    /// It does not wait for a pipe or a device: those are refused.
    ///
    /// - Throws: `JobError` that says why there is nothing.
    package static func read(_ path: String, atMost limit: Int) throws(JobError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw error(errno, path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw error(errno, path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw JobError(.unreadable("it is no regular file"), file: path)
        }
        var bytes = [UInt8](repeating: 0, count: min(Int(status.st_size), limit) + 1)
        var count = 0
        while count < bytes.count {
            let room = bytes.count - count
            let received = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, room)
            }
            if received < 0 && errno == EINTR { continue }
            guard received >= 0 else { throw error(errno, path) }
            if received == 0 { break }
            count += received
        }
        return Array(bytes.prefix(count))
    }

    private static func error(_ code: Int32, _ path: String) -> JobError {
        switch code {
        case ENOENT, ENOTDIR: JobError(.missing, file: path)
        case EACCES, EPERM: JobError(.forbidden, file: path)
        default: JobError(.unreadable(String(cString: strerror(code))), file: path)
        }
    }
}
