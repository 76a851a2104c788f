internal import YAML

/// The pictures and arrays that a job file names, whatever else is wrong with it.
package enum NamedPictures {
    /// Every text in `bytes` that ends like the name of a picture, each once, in the order of the
    /// file; none when the file is no YAML.
    package static func names(in bytes: [UInt8]) -> [String] {
        var found: [String] = []
        var seen: Set<String> = []
        if let root = YAMLDocument(reading: bytes, file: "job.yaml").root {
            collect(from: root) { name in
                if seen.insert(name).inserted { found.append(name) }
            }
        }
        return found
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
