import Jobs

/// Hooks that are still to be run for results, over restarts of the daemon.
extension Keeper {
    /// How often the list of an earlier daemon is asked for again that could not be read.
    private static let listingPause = Duration.seconds(30)

    /// Writes down that a job that has its result has a hook to come, before the job is closed.
    func owe(_ record: JobRecord) throws(DaemonError) {
        guard case .done(let result) = record.state, announces(result) else { return }
        try spool.owe(result)
    }

    /// The results whose hooks a daemon before this one has not run to their end, when they have
    /// not been told yet and can be.
    ///
    /// What the disk does not give must not keep jobs from their results: it is asked for again.
    ///
    /// - Parameter now: a time of the monotonic clock; nil at the start.
    /// - Returns: their names.
    package func owedHooks(at now: Duration? = nil) -> [String] {
        guard !hasToldHooks, now.map({ $0 >= nextHookListing }) ?? true else { return [] }
        if let now { nextHookListing = now + Self.listingPause }
        do throws(DaemonError) {
            let owed = try spool.owed(where: announces)
            hasToldHooks = true
            hookProblem = nil
            return owed
        } catch {
            hookProblem =
                "hooks that an earlier daemon has not run wait until they can be listed: \(error)"
            return []
        }
    }

    /// Writes down that a hook has been run; where that fails it is run twice, and not never.
    package func settleHook(_ result: String) {
        try? spool.settle(result)
    }
}
