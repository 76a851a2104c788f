import ArgumentParser

/// The exit codes of sysexits.h that every command uses.
extension ExitCode {
    static let badData = ExitCode(65)
    static let noInput = ExitCode(66)
    static let unavailable = ExitCode(69)
    static let inputOutput = ExitCode(74)
    static let forbidden = ExitCode(77)
}
