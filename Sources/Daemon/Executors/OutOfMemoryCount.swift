import FoundationEssentials

/// How often the kernel has killed a process for want of memory, as far as this daemon can see.
///
/// The counter of the daemon's own control group is exact; where there is none, that of the whole
/// machine has to do.
package enum OutOfMemoryCount {
    /// - Parameter root: the folder that `proc` and `sys` lie in, `/` but for tests.
    /// - Returns: nil when the system does not count.
    package static func read(root: String = "/") -> Int? {
        if let group = controlGroup(root),
            let events = text("\(root)sys/fs/cgroup\(group)/memory.events")
        {
            return number(after: "oom_kill ", in: events)
        }
        return text("\(root)proc/vmstat").flatMap { number(after: "oom_kill ", in: $0) }
    }

    private static func controlGroup(_ root: String) -> String? {
        text("\(root)proc/self/cgroup")?.split(separator: "\n")
            .first { $0.hasPrefix("0::") }.map { String($0.dropFirst(3)) }
    }

    private static func text(_ path: String) -> String? {
        // A file that is not there or not readable means that this way of counting does not exist.
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func number(after key: String, in text: String) -> Int? {
        text.split(separator: "\n").first { $0.hasPrefix(key) }
            .flatMap { Int($0.dropFirst(key.count)) }
    }
}
