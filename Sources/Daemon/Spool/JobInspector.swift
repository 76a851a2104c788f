package import Jobs
import YAML

/// Finds out with the job grammar which files a job needs.
///
/// Everything else that the grammar refuses is refused here too, before the job costs anything.
package struct JobInspector: JobInspecting {
    /// The folders that data sets and models may come from.
    private let policy: PathPolicy
    private let cache = DefaultsCache()

    package init(policy: PathPolicy) {
        self.policy = policy
    }

    package func inspect(
        _ content: [UInt8], name: String, isFolder: Bool, defaults: (String) -> [UInt8]?
    ) throws(JobFailure) -> JobNeeds {
        try withoutActuallyEscaping(defaults) { defaults throws(JobFailure) in
            try inspect(content, name, isFolder, defaults)
        }
    }

    package func names(in content: [UInt8], defaults: (String) -> [UInt8]?) -> [String] {
        NamedPictures.names(in: content, defaults: defaults)
    }

    private func inspect(
        _ content: [UInt8], _ name: String, _ isFolder: Bool,
        _ defaults: @escaping (String) -> [UInt8]?
    ) throws(JobFailure) -> JobNeeds {
        var loaded: String?
        var isMissing = false
        var isJob = false
        let reader = JobReader(policy: policy, cache: cache) { path throws(JobError) in
            loaded = path
            isJob = !isFolder && Self.isJob(path)
            guard !isJob, let content = defaults(path) else {
                isMissing = true
                throw JobError(.missing, file: path)
            }
            return content
        }
        do {
            let spec = try reader.read(content, file: name)
            return try needs(of: spec, defaults: loaded, isFolder: isFolder)
        } catch let error as JobError {
            if isJob, let loaded { throw JobFailure.defaultsBesideJob(loaded) }
            // The defaults may still arrive, like a picture; then all of the job is read again.
            if isMissing, let loaded { return JobNeeds(others: [loaded], isPartial: true) }
            throw isFolder ? JobFailure(error) : JobFailure(error, of: content)
        } catch let failure as JobFailure {
            throw failure
        } catch {
            throw JobFailure.internal("\(error)")
        }
    }

    /// Whether a file that a job in the Inbox names is a job itself, and on its way out.
    private static func isJob(_ path: String) -> Bool {
        guard let file = Layout.inbox.beneath(path), let name = file.last else { return false }
        return file.parent == Layout.inbox && !name.isIgnored && name.jobStem != nil
    }

    private func needs(
        of spec: JobSpec, defaults: String?, isFolder: Bool
    ) throws(JobFailure) -> JobNeeds {
        var needs = JobNeeds(spec)
        if let pattern = needs.patterns.first, !isFolder { throw .looseGlob(pattern.text) }
        if let defaults { needs.others.append(defaults) }
        return needs
    }
}

extension JobNeeds {
    /// The files that come with a job; data sets and models come from elsewhere.
    init(_ spec: JobSpec) {
        self.init(kinship: spec.kinship)
        for file in spec.files {
            switch file.kind {
            case .picture: pictures.append(file.path)
            case .array: others.append(file.path)
            case .pictures: patterns.append(Pattern(Glob(file.path)))
            case .dataset, .model: continue
            }
        }
    }
}

extension JobNeeds.Pattern {
    init(_ glob: Glob) {
        self.init(text: glob.path, folder: glob.folder, matches: glob.matches)
    }
}

extension JobFailure {
    /// The mistakes of a job: the first one with its place, all of them in the message.
    init(_ error: JobError) {
        let first = error.issues.first
        self.init(
            .job, "job.invalid", error.description, file: error.file,
            line: first?.position.line, column: first?.position.column, hint: first?.remedy)
    }

    /// The mistakes of a single job file, which may be no job at all.
    fileprivate init(_ error: JobError, of content: [UInt8]) {
        self.init(error)
        guard let root = YAMLDocument(reading: content, file: error.file).root,
            root.entries != nil, root["images"] == nil, root["defaults"] == nil
        else { return }
        self.hint = [hint, Self.placeOfDefaults].compactMap(\.self).joined(separator: "; ")
    }

    private static let placeOfDefaults =
        "defaults of other jobs belong into a folder of the Inbox, as in defaults: common/lab.yaml"

    fileprivate static func defaultsBesideJob(_ path: String) -> JobFailure {
        JobFailure(
            .job, "job.invalid",
            "defaults: \(path) lies beside the job, where a YAML file is a job of its own",
            file: "job.yaml",
            hint: "put it into a folder of the Inbox, as in defaults: common/\(path), "
                + "or submit a folder with job.yaml and \(path) in it")
    }

    fileprivate static func looseGlob(_ path: String) -> JobFailure {
        JobFailure(
            .job, "job.invalid", "\(path) is a pattern, but the job came as a single file",
            file: "job.yaml",
            hint: "name each picture, or submit a folder with job.yaml and the pictures in it")
    }
}
