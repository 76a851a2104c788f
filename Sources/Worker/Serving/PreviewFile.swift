import Arrays
import Glibc
import Jobs

/// The live picture of an attempt as a file that is whole whenever somebody looks.
///
/// Unlike results it is not brought to the disk: after a power cut nobody misses it, and waiting
/// for the disk would cost the solver more than making it.
struct PreviewFile {
    private let path: String
    private let unfinished: String

    init(in folder: String) {
        path = "\(folder)/\(LivePicture.name)"
        unfinished = "\(folder)/\(LivePicture.unfinishedName)"
    }

    /// Replaces the file; a part that cannot be completed is not left behind.
    ///
    /// - Throws: `ArrayError` when the system fails.
    func write(_ bytes: [UInt8]) throws(ArrayError) {
        do throws(ArrayError) {
            try create(bytes)
            guard rename(unfinished, path) == 0 else {
                throw ArrayError(.system(operation: .publish, code: errno), in: path)
            }
        } catch {
            unlink(unfinished)
            throw error
        }
    }

    private func create(_ bytes: [UInt8]) throws(ArrayError) {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        let file = open(unfinished, flags, 0o644)
        guard file >= 0 else {
            throw ArrayError(.system(operation: .create, code: errno), in: path)
        }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw ArrayError(.system(operation: .write, code: errno), in: path)
            }
            rest = rest.dropFirst(count)
        }
    }
}
