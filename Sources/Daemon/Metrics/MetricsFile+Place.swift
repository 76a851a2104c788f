import Glibc

extension MetricsFile {
    /// The folder of the daemon that a file at `path` would lie in, such as `Outbox`; nil when it
    /// lies elsewhere.
    ///
    /// What is written there would replace the status or somebody's job, or be taken for one.
    ///
    /// - Parameters:
    ///   - path: the place of the file, which need not be there.
    ///   - root: the folder of Inbox and Outbox.
    /// - Returns: the name of the folder.
    package static func occupiedFolder(of path: String, root: String) -> String? {
        guard let end = path.lastIndex(of: "/") else { return nil }
        let folder = end == path.startIndex ? "/" : String(path[..<end])
        let file = components(resolved(folder)) + [path[path.index(after: end)...]]
        let own = [Layout.inbox, Layout.outbox, Layout.work].map { "\($0)" }
        return own.first { file.starts(with: components(resolved("\(root)/\($0)"))) }
    }

    /// The path without links, as far as there is something at it.
    private static func resolved(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return plain(path) }
        defer { free(found) }
        return String(cString: found)
    }

    /// A path that leads nowhere, beneath the nearest folder that is there.
    private static func plain(_ path: String) -> String {
        guard let end = path.lastIndex(of: "/"), end > path.startIndex else { return path }
        let name = path[path.index(after: end)...]
        let folder = resolved(String(path[..<end]))
        switch name {
        case "", ".": return folder
        case "..": return "/" + components(folder).dropLast().joined(separator: "/")
        default: return "\(folder)/\(name)"
        }
    }

    private static func components(_ path: String) -> [Substring] { path.split(separator: "/") }
}
