/// How the program of a Slurm job ended.
struct SlurmExit: Equatable, Sendable {
    let code: Int32
    let signal: Int32

    /// Reads `CODE:SIGNAL`.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":").map { Int32($0) }
        guard parts.count == 2, let code = parts[0], let signal = parts[1] else { return nil }
        self.code = code
        self.signal = signal
    }
}
