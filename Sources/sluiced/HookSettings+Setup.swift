import Daemon
import Glibc
import Jobs
import Programs

extension HookSettings {
    /// The hooks of a configuration that lies in `folder`.
    ///
    /// - Throws: `SetupError` for a program that cannot be run.
    init(_ configuration: ConfigurationSpec, folder: String) throws(SetupError) {
        do throws(DaemonError) {
            self.init(
                onSuccess: try Self.program(configuration.onSuccess, "on_success", in: folder),
                onFailure: try Self.program(configuration.onFailure, "on_failure", in: folder),
                timeLimit: configuration.hookTimeLimit, environment: Self.variables)
        } catch {
            throw SetupError("\(error)", EX_CONFIG)
        }
    }

    /// The daemon's environment, but for what the service manager tells the daemon alone.
    private static var variables: [String] {
        let own = ["NOTIFY_SOCKET=", "WATCHDOG_USEC=", "WATCHDOG_PID=", "LISTEN_"]
        return ProcessEnvironment.entries.filter { entry in !own.contains(where: entry.hasPrefix) }
    }
}
