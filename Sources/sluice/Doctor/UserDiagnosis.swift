import Glibc
import Programs

/// Whether what this user may do says anything about what the daemon may do.
struct UserDiagnosis {
    let root: String

    /// Something only when root asks about the folder of somebody else.
    var findings: [Finding] {
        var status = stat()
        guard geteuid() == 0, stat(root, &status) == 0, status.st_uid != 0 else { return [] }
        let owner = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) }
        let name = owner ?? "#\(status.st_uid)"
        return [
            Finding(
                "user", .warning, "root may read and write everything, and \(root) is \(name)'s",
                remedy: "ask as the user of the daemon: runuser -u \(name) -- sluice doctor ...")
        ]
    }
}
