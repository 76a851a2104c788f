/// How long the daemon waits for files to become complete.
package struct Patience: Equatable, Sendable {
    /// Nothing may have happened to a file for so long.
    package var quiet: Duration
    /// So long a job waits for files that are missing, or end too early.
    package var inputs: Duration
    /// So long a job waits for a picture that is still but damaged.
    package var unreadable: Duration

    package init(
        quiet: Duration = .seconds(2), inputs: Duration = .seconds(600),
        unreadable: Duration = .seconds(30)
    ) {
        self.quiet = quiet
        self.inputs = inputs
        self.unreadable = unreadable
    }
}
