package import Jobs

/// What an earlier daemon has left of accepted jobs.
package struct Recovery: Sendable {
    /// Those that have been tried least first.
    package var records: [JobRecord] = []
    /// Those that are left as they are, since the disk does not give them now.
    package var unread: [String: DaemonError] = [:]
}
