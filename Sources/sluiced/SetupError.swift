import ArgumentParser
import Daemon
import Glibc

/// Why the daemon cannot be set up.
struct SetupError: Error, CustomStringConvertible {
    let description: String
    let exitCode: ExitCode

    init(_ description: String, _ code: Int32) {
        self.description = description
        exitCode = ExitCode(code)
    }
}

extension DaemonError {
    /// The exit code of sysexits.h.
    var exitCode: ExitCode {
        switch reason {
        case .locked: ExitCode(EX_TEMPFAIL)
        case .setup: ExitCode(EX_CONFIG)
        case .system(ENOENT), .system(ENOTDIR): ExitCode(EX_NOINPUT)
        case .system(EACCES), .system(EPERM): ExitCode(EX_NOPERM)
        case .system, .tooLarge, .oversized, .notAFile, .changed, .damaged: ExitCode(EX_IOERR)
        }
    }
}
