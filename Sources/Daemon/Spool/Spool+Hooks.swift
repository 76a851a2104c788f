import Jobs

/// Results whose hooks have not been run to their end: a restart forgets none of them.
extension Spool {
    /// Writes down that a hook is to be run for `result`.
    package func owe(_ result: String) throws(DaemonError) {
        let mark = Layout.hooks / result
        guard try !files.exists(mark) else { return }
        try files.create(mark, holding: [])
        try files.sync(Layout.hooks)
    }

    /// Forgets that a hook is to be run for `result`.
    package func settle(_ result: String) throws(DaemonError) {
        guard try files.exists(Layout.hooks / result) else { return }
        try files.remove(Layout.hooks / result)
    }

    /// The results, oldest first, whose hooks are still to be run.
    ///
    /// - Parameter announces: whether there is a hook for a result; those that have none any more,
    ///   and those that somebody has taken away, are forgotten.
    /// - Returns: their names.
    /// - Throws: ``DaemonError`` when that cannot be told now of one of them.
    package func owed(
        where announces: (_ result: String) -> Bool
    ) throws(DaemonError) -> [String] {
        var owed: [String] = []
        for name in try files.names(in: Layout.hooks).compactMap(\.exactText) {
            // A job that is not published yet is told of when it is.
            if announces(name), try files.exists(Layout.outbox / name) {
                owed.append(name)
            } else {
                // What cannot be forgotten now is forgotten at another start.
                try? settle(name)
            }
        }
        return owed.sorted {
            (ResultName($0)?.identifier.text ?? "", $0) < (
                ResultName($1)?.identifier.text ?? "", $1
            )
        }
    }
}
