internal import YAML

/// Fills what a job leaves out from a file of defaults.
enum Defaults {
    /// The keys under which single settings are filled in; all others are taken whole, because
    /// settings of different methods do not mix.
    private static let mixed: Set<String> = ["prepare", "output"]

    /// The entries of `job`, then those of `defaults` that it does not have.
    static func merged(_ job: YAMLNode, with defaults: YAMLNode) -> YAMLNode {
        guard let own = job.entries, let others = defaults.entries else { return job }
        let filled = own.map { entry in
            guard mixed.contains(entry.key), let other = defaults[entry.key] else { return entry }
            return YAMLEntry(
                entry.key, at: entry.position, settings(of: entry.value, with: other))
        }
        let added = others.filter { $0.key != "defaults" && job[$0.key] == nil }
        return YAMLNode(.mapping(filled + added), at: job.position)
    }

    private static func settings(of job: YAMLNode, with defaults: YAMLNode) -> YAMLNode {
        guard let own = job.entries, let others = defaults.entries else { return job }
        return YAMLNode(
            .mapping(own + others.filter { job[$0.key] == nil }), at: job.position)
    }
}
