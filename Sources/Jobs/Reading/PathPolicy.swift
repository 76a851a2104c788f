/// Which files a job may name, and where they are looked for.
package struct PathPolicy: Equatable, Sendable {
    /// Whether paths must stay beneath the folders below.
    package let isConfined: Bool
    /// The folders of data sets, in the order in which they are searched.
    package let datasets: [String]
    /// The folders of models, in the order in which they are searched.
    package let models: [String]

    private init(isConfined: Bool, datasets: [String], models: [String]) {
        self.isConfined = isConfined
        self.datasets = datasets
        self.models = models
    }

    /// The user's own command: it may read whatever the user may.
    package static let user = PathPolicy.user(datasets: [], models: [])

    /// The user's own command, which also looks into these folders.
    package static func user(datasets: [String], models: [String]) -> PathPolicy {
        PathPolicy(isConfined: false, datasets: datasets, models: models)
    }

    /// The daemon: pictures from beneath the job's folder, data sets and models from these
    /// folders only.
    package static func confined(datasets: [String], models: [String]) -> PathPolicy {
        PathPolicy(isConfined: true, datasets: datasets, models: models)
    }

    /// Why `path` is refused, nil when it may be read.
    func refusal(of path: String) -> (problem: String, remedy: String)? {
        guard isConfined else { return nil }
        if path.hasPrefix("/") {
            return ("is the absolute path \(path)", "write a path beneath the job's folder")
        }
        if path.split(separator: "/").contains("..") {
            return ("leaves the job's folder by ..", "write a path without ..")
        }
        return nil
    }

    /// Where `reference` may lie, the most likely place first; the first that exists is meant.
    ///
    /// Names that the policy refuses have no place.
    package func candidates(for reference: FileReference, jobFolder: String) -> [String] {
        let path = reference.path
        guard refusal(of: path) == nil else { return [] }
        if path.hasPrefix("/") { return [path] }
        let beneathJob = Self.join(jobFolder, path)
        switch reference.kind {
        case .picture, .pictures, .array:
            return [beneathJob]
        case .dataset:
            return (isConfined ? [] : [beneathJob]) + datasets.map { Self.join($0, path) }
        case .model:
            let isPath = path.contains("/") && !isConfined
            return isPath ? [beneathJob] : models.map { Self.join($0, path) }
        }
    }

    private static func join(_ folder: String, _ path: String) -> String {
        folder.isEmpty ? path : folder.hasSuffix("/") ? folder + path : folder + "/" + path
    }
}
