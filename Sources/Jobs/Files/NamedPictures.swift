internal import YAML

/// The pictures and arrays that a job file names, whatever else is wrong with it.
package enum NamedPictures {
    /// Every text in `bytes` that ends like the name of a picture, each once, in the order of the
    /// file, and then those of its defaults; none when the file is no YAML.
    ///
    /// - Parameters:
    ///   - bytes: the job file.
    ///   - defaults: reads the file that `defaults:` names; nil when it is not there.
    /// - Returns: each name once.
    package static func names(
        in bytes: [UInt8], defaults: (String) -> [UInt8]? = { _ in nil }
    ) -> [String] {
        var found: [String] = []
        // By bytes: names that look the same may be two.
        var seen: Set<[UInt8]> = []
        let take: (String) -> Void = { name in
            if seen.insert(Array(name.utf8)).inserted { found.append(name) }
        }
        guard let root = YAMLDocument(reading: bytes, file: "job.yaml").root else { return [] }
        collect(from: root, take)
        if let path = Self.defaults(of: root), let content = defaults(path) {
            // A file of defaults names no further one.
            for name in names(in: content) { take(name) }
        }
        return found
    }

    /// The file of defaults that a job names.
    private static func defaults(of root: YAMLNode) -> String? {
        guard case .scalar(let scalar)? = root["defaults"]?.content else { return nil }
        return scalar.text
    }

    private static func collect(from node: YAMLNode, _ take: (String) -> Void) {
        switch node.content {
        case .refused: break
        case .scalar(let scalar):
            if isPicture(scalar.text) { take(scalar.text) }
        case .sequence(let nodes):
            for node in nodes { collect(from: node, take) }
        case .mapping(let entries):
            for entry in entries { collect(from: entry.value, take) }
        }
    }

    private static func isPicture(_ text: String) -> Bool {
        let name = text.lowercased()
        return Rule<String>.pictureExtensions.contains { name.hasSuffix(".\($0)") }
    }
}
