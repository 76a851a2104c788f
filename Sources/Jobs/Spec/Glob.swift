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
        return String(path[..<slash])
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
}
