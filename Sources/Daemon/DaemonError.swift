/// Why the daemon could not do something with its folders or processes.
package struct DaemonError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// A system call failed with this errno.
        case system(Int32)
        /// A file is larger than its cap, in bytes.
        case tooLarge(limit: Int)
        /// A file is larger than the disk to which it is to be copied, both in bytes.
        case oversized(bytes: Int, disk: Int)
        /// Something that should be a regular file is not.
        case notAFile(FileStamp.Kind)
        /// A file changed while it was being read.
        case changed
        /// What a file holds is not what the daemon wrote there.
        case damaged(String)
        /// Another daemon works on the same root.
        case locked
        /// The folders or settings do not allow the daemon to work, for the stated reason.
        case setup(String)
    }

    package let reason: Reason
    /// What was being done.
    package let operation: String
    /// The file or folder it was done to.
    package let path: String

    package init(_ reason: Reason, _ operation: String, _ path: String) {
        self.reason = reason
        self.operation = operation
        self.path = path
    }

    package var description: String {
        switch reason {
        case .system(let code):
            "cannot \(operation) \(path): \(SystemError.words(code))"
        case .tooLarge(let limit):
            "cannot \(operation) \(path): it is larger than \(limit) bytes"
        case .oversized(let bytes, let disk):
            "cannot \(operation) \(path): it has \(bytes) bytes, and the whole disk \(disk)"
        case .notAFile(let kind):
            "cannot \(operation) \(path): it is \(kind.words), not a regular file"
        case .changed:
            "cannot \(operation) \(path): it changed meanwhile"
        case .damaged(let what):
            "cannot \(operation) \(path): \(what)"
        case .locked:
            "another daemon works on \(path); stop it first, or use another --root"
        case .setup(let what):
            "\(path): \(what)"
        }
    }

    /// Whether something submitted may not, or cannot, be reached.
    var isOutOfReach: Bool { code.map(SystemError.isOutOfReach) == true }

    /// Whether what it was done to is not there any more, or is no file now.
    var isGone: Bool {
        if case .notAFile = reason { return true }
        return code.map(SystemError.isAbsence) == true
    }

    /// Whether what was being done fails because of something submitted, or of what has become of it.
    var isAboutInput: Bool { code.map(SystemError.isAboutInput) == true }

    /// Whether the disk has failed to keep what was written, and will not say so again.
    package var isFailedSync: Bool { operation == "sync" }

    /// Whether something was not synced, because the disk failed or because it could not be opened.
    var isUnsynced: Bool { isFailedSync || operation == Self.openingToSync }

    /// Whether something that was written may be lost, which nothing tells any more.
    var hasLostWrites: Bool { isUnsynced && code.map(SystemError.isShortage) != true }

    /// What was being done where nothing was synced yet: a file that is gone is no failure of the disk.
    package static let openingToSync = "open to sync"

    /// What is wrong, without what it is wrong with.
    var words: String { code.map(SystemError.words) ?? description }

    /// The errno, when a system call failed.
    package var code: Int32? {
        if case .system(let code) = reason { code } else { nil }
    }
}
