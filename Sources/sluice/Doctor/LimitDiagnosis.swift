import FoundationEssentials
import Glibc
import Programs

/// Whether the system gives the programs enough to work with.
struct LimitDiagnosis {
    var findings: [Finding] { [processors, memory, openFiles, watches].compactMap { $0 } }

    private var processors: Finding {
        Finding("processors", .works, "\(sysconf(Int32(_SC_NPROCESSORS_ONLN)))")
    }

    /// A worker with a model of faces takes about one GiB.
    private var memory: Finding? {
        guard let bytes = FreeMemory().bytes else { return nil }
        let available = "\(bytes >> 20) MiB available"
        return bytes >= 2 << 30
            ? Finding("memory", .works, available)
            : Finding(
                "memory", .warning, available, remedy: "give jobs fewer pictures, or free memory")
    }

    private var openFiles: Finding {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit.rlim_cur >= 256
            ? Finding("open files", .works, "\(limit.rlim_cur)")
            : Finding("open files", .warning, "\(limit.rlim_cur)", remedy: "ulimit -n 1024")
    }

    /// Without watches, the daemon looks into its Inbox now and then.
    private var watches: Finding? {
        let path = "/proc/sys/fs/inotify/max_user_watches"
        guard let count = Self.lines(of: path).first.flatMap({ Int($0) }) else { return nil }
        return count >= 1024
            ? Finding("file watches", .works, "\(count)")
            : Finding(
                "file watches", .warning, "\(count)",
                remedy: "sysctl fs.inotify.max_user_watches=65536")
    }

    private static func lines(of path: String) -> [Substring] {
        // A system without the file says nothing about it.
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }
}
