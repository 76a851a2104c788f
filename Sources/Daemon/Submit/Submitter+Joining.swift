import Jobs

/// Jobs that are submitted again where `inputs: keep` has left their pictures in the Inbox.
extension Submitter {
    /// Whether `path` is a folder of which a job has ended that left its pictures there.
    ///
    /// A folder without a job file may also be one that somebody is still filling: then there is no
    /// result of that name. Where pictures do not stay in the Inbox, jobs leave no folders there, and
    /// what is in one is somebody else's.
    func isLeft(_ path: SpoolPath) throws(DaemonError) -> Bool {
        guard let name = path.last, try files.stamp(of: path)?.kind == .folder, keepsInputs(),
            !isBeingRead(name)
        else { return false }
        guard try !files.names(in: path).contains(where: \.isJobFile),
            try files.exists(Layout.outbox)
        else { return false }
        let job = Submission(name: name, isFolder: true).jobName.portable
        return try files.names(in: Layout.outbox).contains { ResultName($0.text)?.name.text == job }
    }

    /// Whether the daemon says that pictures stay in the Inbox.
    private func keepsInputs() -> Bool {
        let status = try? files.document(StatusDocument.self, at: Layout.status)
        return status?.keepsInputs == true
    }

    /// Whether a job that came as the folder `name` has not copied its pictures yet, as far as this
    /// user may know.
    private func isBeingRead(_ name: FileName) -> Bool {
        let jobs = (try? files.names(in: Layout.jobs)) ?? []
        return jobs.compactMap(\.exactText).contains { id in
            guard (try? files.exists(Layout.submitted(id) / name)) == true else { return false }
            let record = try? files.document(JobRecord.self, at: Layout.state(id))
            return record?.needsOriginals ?? true
        }
    }

    /// Moves what is in `package` into `folder`, where it may be already, the job file last.
    ///
    /// Nothing that is there is replaced, and the job gets no other pictures than those submitted:
    /// of two submissions at once one is refused.
    ///
    /// - Parameters:
    ///   - package: a folder with the whole job.
    ///   - folder: the folder in the Inbox.
    ///   - paths: the files of the job.
    ///   - patterns: what else would be a picture of the job.
    /// - Throws: ``DaemonError``; no job is in `folder` then.
    package func join(
        _ package: SpoolPath, into folder: SpoolPath, _ paths: [String],
        _ patterns: [JobNeeds.Pattern]
    ) throws(DaemonError) {
        let lock = try files.lockFolder(folder)
        defer { withExtendedLifetime(lock) {} }
        // Another submission may have come before this one had the lock.
        guard try isLeft(folder) else { throw taken(folder, "is another job's by now") }
        try refuseOthers(in: folder, besides: Set(paths), patterns)
        var missing: [String] = []
        for path in paths where try !isThere(path, in: folder, as: package) {
            missing.append(path)
        }
        var joined: [SpoolPath] = []
        do throws(DaemonError) {
            for path in missing { try move(path, from: package, into: folder, &joined) }
            try files.rename(package / "job.yaml", to: folder / "job.yaml", replacing: false)
        } catch {
            // A job that others put there would get them as its own.
            for path in joined { try? files.remove(path) }
            throw error
        }
        try files.sync(folder)
        // The job is in; what is left of its package is hidden, and bothers nobody.
        try? files.removeTree(package)
    }

    private func move(
        _ path: String, from package: SpoolPath, into folder: SpoolPath, _ joined: inout [SpoolPath]
    ) throws(DaemonError) {
        guard let source = package.beneath(path), let target = folder.beneath(path) else { return }
        for parent in target.ancestors.dropFirst(folder.names.count) {
            try files.ensureFolder(parent)
        }
        try files.rename(source, to: target, replacing: false)
        joined.append(target)
        try files.sync(target.parent)
    }

    /// Whether `folder` has the file `path` with the same content as `package`.
    private func isThere(
        _ path: String, in folder: SpoolPath, as package: SpoolPath
    ) throws(DaemonError) -> Bool {
        guard let source = package.beneath(path), let target = folder.beneath(path),
            try files.exists(target)
        else { return false }
        guard try files.stamp(of: target)?.kind == .file,
            try files.digest(target) == files.digest(source)
        else { throw taken(target, "is there already and is another one") }
        return true
    }

    /// Refuses pictures that would be the job's although they were not submitted.
    private func refuseOthers(
        in folder: SpoolPath, besides paths: Set<String>, _ patterns: [JobNeeds.Pattern]
    ) throws(DaemonError) {
        for pattern in patterns {
            guard let place = pattern.folder.isEmpty ? folder : folder.beneath(pattern.folder),
                try files.stamp(of: place)?.kind == .folder
            else { continue }
            let prefix = pattern.folder.isEmpty ? "" : "\(pattern.folder)/"
            for name in try files.names(in: place).compactMap(\.exactText)
            where pattern.matches(name) && !paths.contains(prefix + name) {
                throw taken(place / name, "is there and fits \(pattern.text)")
            }
        }
    }

    private func taken(_ path: SpoolPath, _ how: String) -> DaemonError {
        DaemonError(
            .setup("it \(how); move the folder away, or give the job another --name"), "submit",
            "\(path)")
    }
}
