/// Which job a report is about, and how it ended.
package struct JobIdentity: Equatable, Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case finished
        /// Stopped on request: the numbers are what had been reached.
        case cancelled
    }

    /// The name of the job file without its extension.
    package let name: String
    package let id: String
    package let status: Status

    package init(name: String, id: String, status: Status = .finished) {
        self.name = name
        self.id = id
        self.status = status
    }
}
