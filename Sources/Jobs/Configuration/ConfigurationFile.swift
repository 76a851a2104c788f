internal import Glibc
package import YAML

/// The configuration of a daemon with the folder that its paths are relative to.
package struct ConfigurationFile: Equatable, Sendable {
    /// Nil when there is no file, so that every setting has its default.
    package let path: String?
    package let spec: ConfigurationSpec
    /// The file as it was read; nil when there is none, or nothing in it.
    private let content: YAMLNode?

    /// Where `make install` puts the configuration of the service.
    package static let installed = "/etc/sluice/sluice.yaml"

    /// What the daemon uses: the file at `path`; without a path `etc/sluice.yaml` of `root`, where
    /// there is one.
    ///
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package init(path: String?, root: String) throws(JobError) {
        let usual = Self.join(root, "etc/sluice.yaml")
        let found = path ?? (Self.isNowhere(usual) ? nil : usual)
        self.path = found
        guard let found else {
            spec = ConfigurationSpec()
            content = nil
            return
        }
        let bytes = try FileContents.read(found, atMost: YAMLLimits().bytes)
        let document = YAMLDocument(reading: bytes, file: found)
        spec = try ConfigurationSpec.read(document, file: found)
        content = document.root
    }

    /// What a daemon uses that works on `root`: its own configuration, or else `installed`, unless
    /// that is for another root.
    ///
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package init(root: String, installed: String = installed) throws(JobError) {
        let own = try ConfigurationFile(path: nil, root: root)
        guard own.path == nil, !Self.isNowhere(installed) else {
            self = own
            return
        }
        let other = try ConfigurationFile(path: installed, root: root)
        self = Self.isSame(other.root, root) ? other : own
    }

    /// Whether there is nothing at `path`.
    ///
    /// A link that leads nowhere is something, and so is what may not be looked at: taken for
    /// nothing, a mistake there would start a daemon with other settings than it was given.
    private static func isNowhere(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR)
    }

    /// Where the value of a key stands, such as that of `gres` in `slurm` in `executor`, or as much
    /// of it as there is; nil when the file says nothing of the first of these keys.
    package func place(of keys: [String]) -> YAMLPosition? {
        var node = content
        var place: YAMLPosition?
        for key in keys {
            node = node?[key]
            place = node?.position ?? place
        }
        return place
    }

    /// What is wrong with the value of a key, in the form of every other mistake of the file.
    ///
    /// - Parameters:
    ///   - keys: the key, and those in its value that lead to what is meant.
    ///   - problem: what is wrong.
    ///   - remedy: what to do about it.
    /// - Returns: the message, with line and column.
    package func mistake(
        of keys: [String], _ problem: String, _ remedy: String
    ) -> String {
        guard let place = place(of: keys) else { return "\(problem); \(remedy)" }
        return YAMLIssue(place, problem, remedy).description
    }

    /// The folder that the file lies in; the current one when there is no file.
    package var folder: String {
        guard let end = path?.lastIndex(of: "/"), let path else { return "." }
        return end == path.startIndex ? "/" : String(path[..<end])
    }

    /// The folder of Inbox and Outbox that the configuration names; the current one when it names
    /// none.
    package var root: String { spec.root.map { Self.join(folder, $0) } ?? "." }

    /// The place of `path` for somebody in `folder`.
    package static func join(_ folder: String, _ path: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        var first = stat()
        var second = stat()
        return stat(one, &first) == 0 && stat(other, &second) == 0
            && first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }
}
