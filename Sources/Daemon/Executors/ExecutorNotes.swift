/// What an executor has to tell that is no progress: for the status.
package struct ExecutorNotes: Equatable, Sendable {
    /// What keeps all attempts from going on; nil when nothing does.
    package var trouble: String?
    /// What attempts that have not begun to run wait for, by the identifiers of their jobs.
    package var waits: [String: String]

    package init(trouble: String? = nil, waits: [String: String] = [:]) {
        self.trouble = trouble
        self.waits = waits
    }
}
