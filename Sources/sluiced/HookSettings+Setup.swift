import Daemon
import Glibc
import Jobs
import Programs

extension HookSettings {
    /// The hooks of a configuration that lies in `folder`.
    ///
    /// - Throws: `SetupError` for a program that cannot be run.
    init(_ configuration: ConfigurationSpec, folder: String) throws(SetupError) {
        self.init(
            onSuccess: try Self.program(configuration.onSuccess, "on_success", folder),
            onFailure: try Self.program(configuration.onFailure, "on_failure", folder),
            timeLimit: configuration.hookTimeLimit, environment: Self.variables)
    }

    /// The daemon's environment, but for what the service manager tells the daemon alone.
    private static var variables: [String] {
        let own = ["NOTIFY_SOCKET=", "WATCHDOG_USEC=", "WATCHDOG_PID=", "LISTEN_"]
        return ProcessEnvironment.entries.filter { entry in !own.contains(where: entry.hasPrefix) }
    }

    private static func program(
        _ name: String?, _ key: String, _ folder: String
    ) throws(SetupError) -> String? {
        guard let name else { return nil }
        var status = stat()
        guard let path = realpath(Setup.join(folder, name), nil) else {
            throw SetupError("\(key): there is no program \(name)", EX_CONFIG)
        }
        defer { free(path) }
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            access(path, X_OK) == 0
        else {
            throw SetupError(
                "\(key): \(name) cannot be run; it must be a file with the right to execute",
                EX_CONFIG)
        }
        return String(cString: path)
    }
}
