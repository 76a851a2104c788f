import Glibc

/// Reads a log of any size and keeps its beginning and its end.
struct LogReader {
    let bytes: [UInt8]

    /// Nil when there is no such file, or when it cannot be read.
    init?(path: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var log = BoundedLog()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            log.append(buffer[..<count])
        }
        bytes = log.bytes
    }
}
