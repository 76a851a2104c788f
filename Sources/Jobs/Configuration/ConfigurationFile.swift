internal import Glibc

/// The configuration of a daemon with the folder that its paths are relative to.
package struct ConfigurationFile: Equatable, Sendable {
    /// Nil when there is no file, so that every setting has its default.
    package let path: String?
    package let spec: ConfigurationSpec

    /// Where `make install` puts the configuration of the service.
    package static let installed = "/etc/sluice/sluice.yaml"

    /// What the daemon uses: the file at `path`; without a path `etc/sluice.yaml` of `root`, where
    /// there is one.
    ///
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package init(path: String?, root: String) throws(JobError) {
        let usual = Self.join(root, "etc/sluice.yaml")
        let found = path ?? (access(usual, F_OK) == 0 ? usual : nil)
        self.path = found
        guard let found else {
            spec = ConfigurationSpec()
            return
        }
        spec = try ConfigurationSpec.read(path: found)
    }

    /// What a daemon uses that works on `root`: its own configuration, or else `installed`, unless
    /// that is for another root.
    ///
    /// - Throws: `JobError` with every mistake, or why the file could not be read.
    package init(root: String, installed: String = installed) throws(JobError) {
        let own = try ConfigurationFile(path: nil, root: root)
        guard own.path == nil, access(installed, F_OK) == 0 else {
            self = own
            return
        }
        let other = try ConfigurationFile(path: installed, root: root)
        self = Self.isSame(other.root, root) ? other : own
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
