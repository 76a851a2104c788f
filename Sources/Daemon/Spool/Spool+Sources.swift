import Jobs

/// Where the files of an accepted job are.
///
/// What may not be looked at is the fault of the job and not of the machine: waiting cures nothing.
extension Spool {
    /// Where `path` is now: with the job file, or where pictures stay in the Inbox.
    func source(
        of path: String, of record: JobRecord, _ submission: Submission
    ) throws -> SpoolPath {
        let places = places(of: record, submission).compactMap { $0.beneath(path) }
        guard let first = places.first else { throw JobFailure.escape(path) }
        guard places.count > 1, try !exists(first, as: path) else { return first }
        return places[1]
    }

    /// The folders in which the files of a job may lie, the first one first.
    ///
    /// What is in the Inbox under the name of a folder that was taken as a whole is somebody else's.
    private func places(of record: JobRecord, _ submission: Submission) -> [SpoolPath] {
        let left = submission.base(in: Layout.inbox)
        guard submission.isFolder else { return [left] }
        let taken = submission.base(in: Layout.submitted(record.id))
        return hasLeftInputs(record) ? [taken, left] : [taken]
    }

    /// Whether only the job file of a folder was taken; where the record does not say so, as it is now.
    func hasLeftInputs(_ record: JobRecord) -> Bool {
        record.origin.map { $0 == .left } ?? settings.keepsInputs
    }

    /// The files that fit `pattern`, as paths that a job could name.
    func expand(
        _ pattern: JobNeeds.Pattern, of record: JobRecord, _ submission: Submission
    ) throws -> [String] {
        let folder = pattern.folder.isEmpty ? "." : pattern.folder
        var names: Set<FileName> = []
        for base in places(of: record, submission) {
            guard let path = pattern.folder.isEmpty ? base : base.beneath(pattern.folder) else {
                throw JobFailure.escape(folder)
            }
            for name in try listed(path, as: folder) {
                if let text = name.exactText, pattern.matches(text) { names.insert(name) }
            }
        }
        guard !names.isEmpty else {
            throw JobFailure(
                .job, "picture.missing", "no file fits \(pattern.text)", file: "job.yaml",
                hint: "put the pictures into the folder before job.yaml")
        }
        let prefix = pattern.folder.isEmpty ? "" : "\(pattern.folder)/"
        return names.sorted().map { prefix + $0.text }
    }

    /// Whether there is something at `path`, which the job calls `name`.
    private func exists(_ path: SpoolPath, as name: String) throws -> Bool {
        do throws(DaemonError) {
            return try files.exists(path)
        } catch {
            throw error.fault(of: name)
        }
    }

    /// The names in the folder `path`, which the job calls `name`; none where there is no folder.
    private func listed(_ path: SpoolPath, as name: String) throws -> [FileName] {
        do throws(DaemonError) {
            guard try files.stamp(of: path)?.kind == .folder else { return [] }
            return try files.names(in: path)
        } catch {
            throw error.fault(of: name)
        }
    }
}

extension DaemonError {
    /// The error as the fault of a job when something submitted is out of reach.
    fileprivate func fault(of name: String) -> any Error {
        guard isOutOfReach, let failure = jobFailure(file: name) else { return self }
        return failure
    }
}
