import Glibc

/// The words for an errno, and which of them pass by themselves.
enum SystemError {
    static let notFound = ENOENT
    static let exists = EEXIST
    static let noSpace = ENOSPC

    static func words(_ code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT: "no space left; make room"
        case EACCES, EPERM: "permission denied; check the owner and mode"
        case EROFS: "the file system is read-only"
        case EXDEV: "it lies on another file system; Inbox, Outbox and .work must be on one"
        case ENAMETOOLONG: "its path is too long"
        case ELOOP: "a symbolic link is in the way; links are not followed"
        default: text(code)
        }
    }

    /// Whether a call that fails so says something about a submitted file and not about the machine.
    static func isAboutInput(_ code: Int32) -> Bool {
        [ENOENT, ENOTDIR, ELOOP, EXDEV, EACCES, EPERM, ENAMETOOLONG, ENXIO].contains(code)
    }

    /// Whether a call fails so because nothing is there.
    static func isAbsence(_ code: Int32) -> Bool { [ENOENT, ENOTDIR].contains(code) }

    /// Whether a call fails so because of who owns a file or where it lies: it does not pass by
    /// itself, and has nothing to do with the daemon's own files.
    static func isOutOfReach(_ code: Int32) -> Bool {
        [EACCES, EPERM, ENAMETOOLONG].contains(code)
    }

    /// Whether a call fails so before it has done anything, because the system is short of something.
    static func isShortage(_ code: Int32) -> Bool {
        [EMFILE, ENFILE, ENOMEM].contains(code)
    }

    private static func text(_ code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        let words = buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        return String(decoding: words, as: UTF8.self)
    }
}
