import Glibc
import Jobs
import Programs

/// Whether the daemon's folders can be used.
struct FolderDiagnosis {
    let root: String

    var findings: [Finding] {
        [
            folder("Inbox", R_OK | W_OK | X_OK, whenMissing: "sluiced makes it"),
            folder("Outbox", R_OK | W_OK | X_OK, whenMissing: "sluiced makes it"),
            space, configuration,
        ]
    }

    private func folder(_ name: String, _ mode: Int32, whenMissing: String) -> Finding {
        let path = "\(root)/\(name)"
        var status = stat()
        guard stat(path, &status) == 0 else {
            return Finding(name, .works, "\(path) is not there yet; \(whenMissing)")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            return Finding(
                name, .fails, "\(path) is no folder", remedy: "move it away; \(whenMissing)")
        }
        guard access(path, mode) == 0 else {
            return Finding(
                name, .fails, "\(path) may not be read and written by this user",
                remedy: "change its owner or its mode")
        }
        return Finding(name, .works, path)
    }

    private var space: Finding {
        var status = statvfs()
        guard statvfs(root, &status) == 0 else {
            return Finding(
                "disk", .fails, "\(root): \(String(cString: strerror(errno)))",
                remedy: "name an existing folder with --root")
        }
        let free = (UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20
        guard free >= 2048 else {
            return Finding(
                "disk", .warning, "\(free) MiB free; sluiced takes no job below 1 GiB",
                remedy: "make room")
        }
        return Finding("disk", .works, "\(free >> 10) GiB free")
    }

    private var configuration: Finding {
        let path = "\(root)/etc/sluice.yaml"
        do throws(JobError) {
            _ = try ConfigurationSpec.read(path: path)
            return Finding("configuration", .works, path)
        } catch {
            guard error.reason != .missing else {
                return Finding("configuration", .works, "none; every setting has its default")
            }
            return Finding("configuration", .fails, "\(error)", remedy: "correct the file")
        }
    }
}
