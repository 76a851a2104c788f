import Arrays
import Models

/// An architecture in words: its name and settings as `model.json` has them.
struct ArchitectureFacts {
    let name: String
    /// Every setting and its value, in alphabetical order.
    let settings: [(name: String, value: String)]

    /// - Throws: what encoding throws.
    init(_ architecture: Architecture) throws {
        let choice = try JSONValue(encoding: architecture).members?.first
        name = choice?.name ?? ""
        settings = (choice?.value.members ?? []).map { ($0.name, $0.value.string ?? $0.value.line) }
    }

    /// Name and settings on one line.
    var text: String {
        guard !settings.isEmpty else { return name }
        return "\(name): " + settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    }

}
