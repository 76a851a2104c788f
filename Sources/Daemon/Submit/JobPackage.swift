package import Jobs
import YAML

/// A job of the user's with everything that belongs to it, before it is submitted.
package struct JobPackage: Sendable {
    /// The content of the job file.
    package let job: [UInt8]
    /// The name under which it is submitted.
    package let name: String
    /// The files that the job names, by the paths it names them by, with where they are now.
    package let inputs: [(path: String, source: String)]
    /// The patterns of the job: what fits one of them is one of its pictures.
    package let patterns: [JobNeeds.Pattern]

    /// What has to be there of the files that a job names.
    package enum Demand: Sendable {
        case everything
        /// Or nothing: a job without any of its files is meant for an Inbox that gets them in
        /// another way.
        case everythingOrNothing
    }

    /// Why a job cannot be submitted.
    package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
        case job(JobError)
        /// Files that the job names and that are not there.
        case missing([String])
        /// Pictures that were given and that the job does not name.
        case unused([String])
        /// Pictures of one name were given, or one that may stand for several.
        case unclear([String])
        /// The folder has more than one job file.
        case ambiguous(String, [String])

        package var description: String {
            switch self {
            case .job(let error): error.description
            case .missing(let names):
                "the job names files that are not there: \(names.joined(separator: ", "))"
            case .ambiguous(let folder, let names):
                "\(folder): it has \(names.joined(separator: " and ")); remove all but one"
            case .unclear(let paths):
                "\(paths.joined(separator: " and ")) have the same name; "
                    + "put the pictures where the job names them, and give none"
            case .unused(let names):
                "the job does not name \(names.joined(separator: ", ")); see its images:"
            }
        }
    }

    /// Gathers the job at `path`, a job file or a folder with `job.yaml` or `job.yml` in it.
    ///
    /// - Parameters:
    ///   - path: the job file or folder.
    ///   - isFolder: which of the two it is.
    ///   - name: the name to submit it under; nil for that of the file or folder.
    ///   - inputs: the folder that the job's paths are relative to; nil for that of the job file.
    ///   - demand: what has to be there.
    ///   - pictures: files that stand for those of the same name that the job names.
    ///   - isThere: whether there is a file at a path.
    ///   - list: the names in a folder; none where there is no folder.
    ///   - read: the content of the job file, and of its defaults.
    /// - Throws: ``Fault``.
    package init(
        path: String, isFolder: Bool, name: String?, inputs: String? = nil,
        demand: Demand = .everythingOrNothing, pictures: [String],
        isThere: (String) -> Bool, list: (String) -> [String],
        read: (String) throws(JobError) -> [UInt8] = { path throws(JobError) in
            try FileContents.read(path, atMost: YAMLLimits().bytes)
        }
    ) throws(Fault) {
        let file = isFolder ? try Self.jobFile(in: path, list) : path
        let own = isFolder ? path : Glob(path).folder.isEmpty ? "." : Glob(path).folder
        let folder = inputs ?? own
        self.name = name ?? Self.name(of: path, isFolder: isFolder)
        let needs: JobNeeds
        do throws(JobError) {
            job = try read(file)
            needs = try Self.needs(of: job, file: file, folder: folder, read)
        } catch {
            throw .job(error)
        }
        var given = try Self.given(pictures, for: needs.files)
        var found: [(path: String, source: String)] = []
        var missing: [String] = []
        for path in needs.files {
            let source =
                given.removeValue(forKey: FileName(Self.lastName(path))) ?? "\(folder)/\(path)"
            if isThere(source) { found.append((path, source)) } else { missing.append(path) }
        }
        for pattern in needs.patterns {
            let prefix = pattern.folder.isEmpty ? "" : pattern.folder + "/"
            var matches = list("\(folder)/\(pattern.folder)").filter(pattern.matches)
                .map { (path: prefix + $0, source: "\(folder)/\(prefix)\($0)") }
            for (name, source) in given where pattern.matches(name.text) {
                matches.removeAll { FileName($0.path) == FileName(prefix + name.text) }
                matches.append((prefix + name.text, source))
                given[name] = nil
            }
            if matches.isEmpty { missing.append(pattern.text) }
            found += matches
        }
        guard given.isEmpty else { throw .unused(given.keys.map(\.text).sorted()) }
        let mayLackAll = demand == .everythingOrNothing && found.isEmpty
        guard missing.isEmpty || mayLackAll else { throw .missing(missing) }
        patterns = needs.patterns
        // By bytes: names that look the same may be two.
        var seen: Set<FileName> = []
        self.inputs = found.filter { seen.insert(FileName($0.path)).inserted }
    }

    /// The pictures that were given, by name.
    private static func given(
        _ pictures: [String], for files: [String]
    ) throws(Fault) -> [FileName: String] {
        var given: [FileName: String] = [:]
        for path in pictures {
            let name = FileName(lastName(path))
            if let other = given[name], other != path { throw .unclear([other, path]) }
            let places = files.filter { FileName(lastName($0)) == name }
            guard places.count < 2 else { throw .unclear(places) }
            given[name] = path
        }
        return given
    }

    /// The job file of a folder; where there is none, the one that is missing.
    private static func jobFile(
        in folder: String, _ list: (String) -> [String]
    ) throws(Fault) -> String {
        let present = list(folder).filter { FileName($0).isJobFile }.sorted()
        guard present.count < 2 else { throw .ambiguous(folder, present) }
        return "\(folder)/\(present.first ?? "job.yaml")"
    }

    private static func needs(
        of job: [UInt8], file: String, folder: String,
        _ read: (String) throws(JobError) -> [UInt8]
    ) throws(JobError) -> JobNeeds {
        try withoutActuallyEscaping(read) { read throws(JobError) in
            var defaults: String?
            let reader = JobReader(policy: .confined(datasets: [], models: [])) {
                path throws(JobError) in
                defaults = path
                return try read("\(folder)/\(path)")
            }
            var needs = JobNeeds(try reader.read(job, file: file))
            if let defaults { needs.others.append(defaults) }
            return needs
        }
    }

    private static func lastName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The name of the file without its extension; of `job.yaml`, and of a folder, the folder's.
    private static func name(of path: String, isFolder: Bool) -> String {
        let last = lastName(path)
        let stem = FileName(last).jobStem?.text
        return isFolder ? last : stem ?? last
    }
}
