import Daemon
import Glibc
import Jobs
import Programs

/// Whether those who are to be told of what the daemon does can be.
struct ListenerDiagnosis {
    let configuration: ServiceConfiguration

    /// Nothing about those that the configuration does not name.
    var findings: [Finding] {
        let spec = configuration.spec
        let programs = [("on_success", spec.onSuccess), ("on_failure", spec.onFailure)]
        return programs.compactMap { hook($0, $1) }
            + (configuration.metrics.map { [file($0)] } ?? [])
    }

    private func hook(_ key: String, _ name: String?) -> Finding? {
        do throws(DaemonError) {
            guard let file = configuration.file else { return nil }
            return try HookSettings.program(name, key, in: file)
                .map { Finding(key, .works, $0) }
        } catch {
            return Finding(
                key, .fails, "\(error)", remedy: "correct the configuration; sluiced does not start"
            )
        }
    }

    /// A file that is replaced takes a folder that may be written.
    private func file(_ path: String) -> Finding {
        if let folder = MetricsFile.occupiedFolder(of: path, root: configuration.root) {
            return Finding(
                "metrics", .fails, "\(path) lies in \(folder), which is for jobs",
                remedy: "name a file elsewhere in the configuration; sluiced does not start")
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        guard access(folder.isEmpty ? "/" : folder, W_OK | X_OK) == 0 else {
            let reason = String(cString: strerror(errno))
            return Finding(
                "metrics", .warning, "\(path) cannot be replaced: \(reason)",
                remedy: "let the user of sluiced write to \(folder)")
        }
        return Finding("metrics", .works, path)
    }
}
