package import Jobs

/// How users steer jobs that are accepted already.
extension Spool {
    /// What is asked of jobs that are still there; what is asked of others is forgotten.
    package func wishes() throws(DaemonError) -> [JobWish] {
        var wishes: [JobWish] = []
        for name in try files.names(in: Layout.wishes) {
            // What somebody else puts there is not ours.
            guard let wish = JobWish(name) else { continue }
            if try files.exists(Layout.job(wish.id)) {
                wishes.append(wish)
            } else {
                try forget(wish)
            }
        }
        return wishes
    }

    /// Forgets a wish that is granted, or that came too late.
    package func forget(_ wish: JobWish) throws(DaemonError) {
        guard try files.exists(wish.path) else { return }
        try files.remove(wish.path)
    }

    /// Ends a job that no worker is working on.
    ///
    /// - Returns: the job, about to fail; as it was when it is too late to cancel it.
    package func cancel(_ record: JobRecord) throws(DaemonError) -> JobRecord {
        guard record.isCancellable else { return record }
        // Half a copy may be what leaves no room to write anything down.
        if record.state == .accepted { try files.removeTree(Layout.inputs(record.id)) }
        return try save(record, as: .failing(.cancelled))
    }
}

extension JobRecord {
    /// Whether the job can still be kept from ending as it does, without stopping a worker.
    var isCancellable: Bool { state == .accepted || state == .ready }
}

extension JobFailure {
    /// The failure of a job that somebody cancelled.
    package static let cancelled = JobFailure(
        .job, "job.cancelled", "the job was cancelled",
        hint: "run it again with sluice retry, if it was a mistake")
}
