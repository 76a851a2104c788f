package import Arrays
import CSystem
import Glibc
import Jobs

/// A regular file beneath a folder, opened without following any symbolic link on the way.
package struct ConfinedFile: ~Copyable {
    package let size: Int
    private let descriptor: Int32
    private let path: String

    /// Opens `path`, which is relative to `folder`; links in `folder` itself are followed.
    ///
    /// - Parameters:
    ///   - path: the path in the form of `PathText`.
    ///   - folder: the folder that it does not leave.
    /// - Throws: `ArrayError` when the path leaves the folder, or what it names cannot be opened
    ///   or is no regular file.
    package init(_ path: String, beneath folder: String) throws(ArrayError) {
        let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard place >= 0 else {
            throw ArrayError(.system(operation: .open, code: errno), in: folder)
        }
        defer { close(place) }
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let name = PathText(path).bytes.map(CChar.init(bitPattern:)) + [0]
        let file = csys_open_beneath(place, name, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0)
        guard file >= 0 else { throw ArrayError(Self.reason(-file), in: path) }
        var status = stat()
        let code = fstat(file, &status) == 0 ? 0 : errno
        guard code == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            throw ArrayError(
                code == 0
                    ? .unsupported("is not a regular file") : .system(operation: .open, code: code),
                in: path)
        }
        self.path = path
        descriptor = file
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The whole content, of which there may be `limit` bytes.
    ///
    /// - Throws: `ArrayError` when there are more, or the file cannot be read to the end that it
    ///   had when it was opened.
    package func contents(limit: Int) throws(ArrayError) -> [UInt8] {
        guard size <= limit else {
            throw ArrayError(
                .unsupported("has \(size) bytes, more than the \(limit) allowed"), in: path)
        }
        var failure: ArrayError.Reason?
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            while initialized < size, let base = buffer.baseAddress {
                let count = pread(descriptor, base + initialized, size - initialized, initialized)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    failure =
                        count < 0
                        ? .system(operation: .read, code: errno)
                        : .malformed("became shorter while it was read")
                    return
                }
                initialized += count
            }
        }
        if let failure { throw ArrayError(failure, in: path) }
        return bytes
    }

    private static func reason(_ code: Int32) -> ArrayError.Reason {
        code == ELOOP || code == EXDEV
            ? .unsupported("is a link, or leaves its folder; give the file itself")
            : .system(operation: .open, code: code)
    }
}
