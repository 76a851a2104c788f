import Glibc
import Jobs
import Programs

/// Whether the daemon's folders can be used.
struct FolderDiagnosis {
    let root: String
    /// How much room is left alone.
    let reserve: ByteCount

    var findings: [Finding] {
        [
            folder("Inbox", R_OK | W_OK | X_OK, whenMissing: "sluiced makes it"),
            folder("Outbox", R_OK | W_OK | X_OK, whenMissing: "sluiced makes it"),
            space,
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
        let free = Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
        guard free / 2 >= reserve.bytes else {
            return Finding(
                "disk", .warning,
                "\(free >> 20) MiB free; sluiced takes no job below \(reserve.text)",
                remedy: "make room")
        }
        return Finding("disk", .works, "\(free >> 30) GiB free")
    }
}
