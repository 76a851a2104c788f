internal import YAML

/// Which keys of a record go together.
package enum RecordConstraint: Sendable {
    /// One of these has to be there, and no second one.
    case exactlyOne([String])
    /// Not two of these.
    case atMostOne([String])
    /// The first only beside the second.
    case only(String, with: String)

    /// Reports what `entries` do against this.
    func check(_ node: YAMLNode, _ context: inout ReadingContext) {
        let entries = node.entries ?? []
        switch self {
        case .exactlyOne(let keys):
            if !entries.contains(where: { keys.contains($0.key) }) {
                context.report(
                    node.position, "\(context.name) has none of \(keys.joined(separator: ", "))",
                    "write one of them")
            }
            refuseSecond(of: keys, in: entries, &context)
        case .atMostOne(let keys):
            refuseSecond(of: keys, in: entries, &context)
        case .only(let key, let other):
            guard let entry = entries.first(where: { $0.key == key }), node[other] == nil else {
                return
            }
            context.report(
                entry.position, "\(context.name) has \(key) without \(other)",
                "leave \(key) out, or add \(other)")
        }
    }

    private func refuseSecond(
        of keys: [String], in entries: [YAMLEntry], _ context: inout ReadingContext
    ) {
        let found = entries.filter { keys.contains($0.key) }
        for entry in found.dropFirst() {
            context.report(
                entry.position, "\(context.name) has both \(found[0].key) and \(entry.key)",
                "keep one of them")
        }
    }

    /// What this adds to the schema of the record.
    var schema: YAMLValue {
        switch self {
        case .exactlyOne(let keys):
            ["oneOf": .sequence(keys.map(Self.required))]
        case .atMostOne(let keys):
            ["oneOf": .sequence([Self.absent(keys)] + keys.map(Self.required))]
        case .only(let key, let other):
            ["dependencies": .mapping([.init(key, [.text(other)])])]
        }
    }

    private static func required(_ key: String) -> YAMLValue {
        ["required": [.text(key)]]
    }

    private static func absent(_ keys: [String]) -> YAMLValue {
        ["not": ["anyOf": .sequence(keys.map(required))]]
    }
}
