import Glibc

/// A file in memory, without a name, for readers that want a path.
enum MemoryFile {
    private static let descriptor: CInt = {
        var name = Array("/dev/shm/sluice-fuzz-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        precondition(descriptor >= 0 && unlink(name) == 0, "there is no file for the input")
        return descriptor
    }()

    /// The path of the file, which now holds `bytes`.
    static func path(of bytes: [UInt8]) -> String {
        let isWritten =
            ftruncate(descriptor, 0) == 0
            && pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
        precondition(isWritten, "the input could not be written")
        return "/proc/self/fd/\(descriptor)"
    }
}
