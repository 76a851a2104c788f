/// Why no job is meant by a word.
package enum RegistryError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknown(String)
    case ambiguous(String, [String])

    package var description: String {
        switch self {
        case .unknown(let word):
            "there is no job \(word) here; sluice list shows the jobs of --root"
        case .ambiguous(let word, let ids):
            "\(word) may be \(ids.joined(separator: " or ")); write more of it"
        }
    }
}
