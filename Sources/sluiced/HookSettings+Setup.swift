import Daemon
import Glibc
import Jobs
import Programs

extension HookSettings {
    /// The hooks of a configuration.
    ///
    /// - Throws: `SetupError` with every program that cannot be run.
    init(_ file: ConfigurationFile) throws(SetupError) {
        var mistakes: [String] = []
        var programs: [String: String] = [:]
        for (key, name) in [
            ("on_success", file.spec.onSuccess), ("on_failure", file.spec.onFailure),
        ] {
            do throws(DaemonError) {
                programs[key] = try Self.program(name, key, in: file)
            } catch {
                mistakes.append("\(error)")
            }
        }
        guard mistakes.isEmpty else {
            throw SetupError(mistakes.joined(separator: "\n"), EX_CONFIG)
        }
        self.init(
            onSuccess: programs["on_success"], onFailure: programs["on_failure"],
            timeLimit: file.spec.hookTimeLimit, environment: Self.variables)
    }

    /// The daemon's environment, but for what the service manager tells the daemon alone.
    private static var variables: [String] {
        let own = ["NOTIFY_SOCKET=", "WATCHDOG_USEC=", "WATCHDOG_PID=", "LISTEN_"]
        return ProcessEnvironment.entries.filter { entry in !own.contains(where: entry.hasPrefix) }
    }
}
