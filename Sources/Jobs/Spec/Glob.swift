/// A folder and a pattern for the names in it: `*` is any text, `?` any one character and
/// `[abc]`, `[a-z]`, `[!a]` one character of a set.
///
/// Only the last component of the path may be a pattern, and names that begin with a dot never
/// fit, as in a shell.
package struct Glob: Equatable, Sendable {
    /// The path as written, such as `faces/*.png`.
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The folder part, empty for the job's own folder.
    package var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The pattern for names.
    package var pattern: String {
        guard let slash = path.lastIndex(of: "/") else { return path }
        return String(path[path.index(after: slash)...])
    }

    /// Whether `path` has to be read as a pattern.
    package static func isPattern(_ path: String) -> Bool {
        path.contains { "*?[".contains($0) }
    }

    /// Why the pattern cannot be used, nil when it can.
    var refusal: (problem: String, remedy: String)? {
        if Self.isPattern(folder) {
            return ("has a pattern in the folder \(folder)", "write a pattern for names only")
        }
        return Self.tokens(of: pattern) == nil
            ? ("has a [ without its ]", "close it, or write names in a list") : nil
    }

    /// Whether the pattern fits the whole of `name`.
    ///
    /// The time is at most in proportion to the product of the lengths.
    package func matches(_ name: String) -> Bool {
        guard !name.hasPrefix(".") || pattern.hasPrefix("."),
            let tokens = Self.tokens(of: pattern)
        else { return false }
        let characters = Array(name.unicodeScalars)
        var (token, index) = (0, 0)
        var star: (token: Int, index: Int)?
        while index < characters.count {
            if token < tokens.count, tokens[token] == .anyText {
                star = (token, index)
                token += 1
            } else if token < tokens.count, tokens[token].fits(characters[index]) {
                token += 1
                index += 1
            } else if let (starToken, starIndex) = star {
                star = (starToken, starIndex + 1)
                (token, index) = (starToken + 1, starIndex + 1)
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .anyText }
    }
}
