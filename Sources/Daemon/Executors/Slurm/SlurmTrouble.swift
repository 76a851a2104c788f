/// Why one of Slurm's programs could not do what it was asked to.
enum SlurmTrouble: Error, Equatable, Sendable {
    /// The controller cannot be reached, or does not answer now.
    case away(String)
    /// Slurm does not want to.
    case refused(String)

    /// What Slurm's programs say when asking again may help.
    private static let passing = [
        "unable to contact slurm controller", "connect failure", "connection refused",
        "socket timed out", "zero bytes were transmitted", "connection failure",
        "temporarily", "could not establish a configuration source", "munge",
        "authentication", "protocol authentication", "transport endpoint", "backup controller",
        "problem talking to the database",
    ]

    /// What Slurm's programs say about a job that has ended, or that nobody has heard of.
    private static let gone = ["invalid job id", "already completing or completed"]

    /// The meaning of what a program wrote on its standard error.
    init(_ errors: String) {
        let text = errors.split(whereSeparator: \.isNewline).joined(separator: "; ")
        let lower = text.lowercased()
        self =
            Self.passing.contains(where: lower.contains)
            ? .away(text) : .refused(text.isEmpty ? "it does not say why" : text)
    }

    /// Whether the answer is that there is no such job any more.
    var isAboutNothing: Bool {
        guard case .refused(let text) = self else { return false }
        return Self.gone.contains(where: text.lowercased().contains)
    }

    var text: String {
        switch self {
        case .away(let text), .refused(let text): text
        }
    }
}
