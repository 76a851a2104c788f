/// The exit codes of `sysexits.h` that the programs use.
package enum SystemExit: Int32, Sendable {
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    /// A mistake in this program.
    case internalError = 70
    case outOfMemory = 71
    case cannotCreate = 73
    case inputOutput = 74
    /// Something is in the way that will be gone later.
    case temporaryFailure = 75
    case permission = 77
    case configuration = 78
    case interrupted = 130
}
