package import Arrays
import Glibc

/// A regular file beneath a folder, opened without following any symbolic link on the way.
package struct ConfinedFile: ~Copyable {
    package let size: Int
    private let descriptor: Int32
    private let path: String

    /// Opens `path`, which is relative to `folder`; links in `folder` itself are followed.
    ///
    /// - Throws: `ArrayError` when the path leaves the folder, or what it names cannot be opened
    ///   or is no regular file.
    package init(_ path: String, beneath folder: String) throws(ArrayError) {
        let names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let last = names.last, names.allSatisfy({ !["", ".", ".."].contains($0) }) else {
            throw ArrayError(.unsupported("is no path beneath its folder"), in: path)
        }
        var place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for name in names.dropLast() where place >= 0 {
            let next = openat(place, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            Self.close(place)
            place = next
        }
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let file = place < 0 ? -1 : openat(place, last, flags)
        let code = errno
        Self.close(place)
        guard file >= 0 else {
            throw ArrayError(.system(operation: .open, code: code), in: path)
        }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Self.close(file)
            throw ArrayError(.unsupported("is not a regular file"), in: path)
        }
        self.path = path
        descriptor = file
        size = Int(status.st_size)
    }

    deinit { Self.close(descriptor) }

    /// The whole content, of which there may be `limit` bytes.
    ///
    /// - Throws: `ArrayError` when there are more, or the file cannot be read to the end that it
    ///   had when it was opened.
    package func contents(limit: Int) throws(ArrayError) -> [UInt8] {
        guard size <= limit else {
            throw ArrayError(
                .unsupported("has \(size) bytes, more than the \(limit) allowed"), in: path)
        }
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            while initialized < size, let base = buffer.baseAddress {
                let count = pread(descriptor, base + initialized, size - initialized, initialized)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    code = count < 0 ? errno : EIO
                    return
                }
                initialized += count
            }
        }
        guard code == 0 else { throw ArrayError(.system(operation: .read, code: code), in: path) }
        return bytes
    }

    private static func close(_ descriptor: Int32) {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }
}
