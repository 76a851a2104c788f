import Jobs

/// Jobs that are submitted again where `inputs: keep` has left their pictures in the Inbox.
extension Submitter {
    /// Whether `path` is a folder of which a job has ended that left its pictures there.
    ///
    /// A folder without a job file may also be one that somebody is still filling: then there is no
    /// result of that name.
    func isLeft(_ path: SpoolPath) throws(DaemonError) -> Bool {
        guard let name = path.last, try files.stamp(of: path)?.kind == .folder else { return false }
        guard try !files.names(in: path).contains(where: \.isJobFile),
            try files.exists(Layout.outbox)
        else { return false }
        let job = Submission(name: name, isFolder: true).jobName.portable
        return try files.names(in: Layout.outbox).contains { ResultName($0.text)?.name.text == job }
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
    func join(
        _ package: SpoolPath, into folder: SpoolPath, _ paths: [String],
        _ patterns: [JobNeeds.Pattern]
    ) throws(DaemonError) {
        let lock = try files.lockFolder(folder)
        defer { withExtendedLifetime(lock) {} }
        try refuseOthers(in: folder, besides: Set(paths), patterns)
        var missing: [String] = []
        for path in paths where try !isThere(path, in: folder, as: package) {
            missing.append(path)
        }
        for path in missing {
            guard let source = package.beneath(path), let target = folder.beneath(path) else {
                continue
            }
            for parent in target.ancestors.dropFirst(folder.names.count) {
                try files.ensureFolder(parent)
            }
            try files.rename(source, to: target, replacing: false)
            try files.sync(target.parent)
        }
        try files.rename(package / "job.yaml", to: folder / "job.yaml", replacing: false)
        try files.sync(folder)
        // The job is in; what is left of its package is hidden, and bothers nobody.
        try? files.removeTree(package)
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
