package import Pipeline

/// What restores the pictures of a job; it may keep what the next job needs too.
package protocol Restoring {
    /// Restores the pictures of `order` and writes the results into its output folder.
    ///
    /// - Throws: why that was impossible, and whatever `progress` throws.
    mutating func restore(
        _ order: JobOrder, progress: (JobStep) throws -> Void
    ) throws -> JobOutcome
}

extension Restorer: Restoring {}
