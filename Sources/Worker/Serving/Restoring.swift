package import Pipeline

/// What restores the pictures of a job; it may keep what the next job needs too.
package protocol Restoring {
    /// Restores the pictures of `order` and writes the results into its output folder.
    ///
    /// - Throws: why that was impossible, and whatever `progress` throws.
    mutating func restore(
        _ order: JobOrder, progress: (JobStep) throws -> Void
    ) throws -> JobOutcome

    /// Restores the pictures of several orders, in shared batches where their settings agree.
    ///
    /// - Parameters:
    ///   - orders: the jobs.
    ///   - hear: told what comes of each order, by its index; its end comes exactly once.
    /// - Throws: whatever `hear` throws, which ends the work.
    mutating func restore(
        _ orders: [JobOrder], hear: (Int, JobNews) throws -> Void
    ) throws
}

extension Restorer: Restoring {}
