internal import Glibc
internal import Jobs

extension HookSettings {
    /// The absolute path of the program `name`, which the setting `key` of a configuration in
    /// `folder` names; nil when it names none.
    ///
    /// - Throws: `DaemonError` for a program that cannot be run.
    package static func program(
        _ name: String?, _ key: String, in folder: String
    ) throws(DaemonError) -> String? {
        guard let name else { return nil }
        guard let path = realpath(ConfigurationFile.join(folder, name), nil) else {
            throw DaemonError(.setup("there is no program \(name)"), "run", key)
        }
        defer { free(path) }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            access(path, X_OK) == 0
        else {
            let what = "\(name) cannot be run; it must be a file with the right to execute"
            throw DaemonError(.setup(what), "run", key)
        }
        return String(cString: path)
    }
}
