internal import Glibc
package import Jobs

extension HookSettings {
    /// The absolute path of the program that the setting `key` names; nil when it names none.
    ///
    /// - Parameters:
    ///   - name: what the setting says.
    ///   - key: the setting.
    ///   - file: the configuration, to whose folder the path is relative.
    /// - Returns: the path.
    /// - Throws: `DaemonError` for a program that cannot be run, with its line and column.
    package static func program(
        _ name: String?, _ key: String, in file: ConfigurationFile
    ) throws(DaemonError) -> String? {
        guard let name else { return nil }
        let place = file.place(of: [key]).map(String.init(describing:)) ?? key
        guard let path = realpath(ConfigurationFile.join(file.folder, name), nil) else {
            let what =
                "\(key) names no program: there is no \(name); correct its path, or leave it out"
            throw DaemonError(.setup(what), "run", place)
        }
        defer { free(path) }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            access(path, X_OK) == 0
        else {
            let what =
                "\(key) names \(name), which cannot be run; it must be a file with the right to "
                + "execute"
            throw DaemonError(.setup(what), "run", place)
        }
        return String(cString: path)
    }
}
