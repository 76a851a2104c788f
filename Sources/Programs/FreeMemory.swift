import FoundationEssentials

/// How much memory this process may still take.
///
/// The least of what the machine has left (`MemAvailable`), what the control groups of the process
/// allow, and what its own limits of address space and data leave.
package struct FreeMemory {
    /// The content of a file of the system; nil when it is not there.
    package typealias Reading = (String) -> String?

    private let reading: Reading

    package init(reading: @escaping Reading = { try? String(contentsOfFile: $0, encoding: .utf8) })
    {
        self.reading = reading
    }

    /// Bytes; nil when the system says nothing about them.
    package var bytes: Int? {
        [
            machine, groups, limit("Max address space", used: "VmSize:"),
            limit("Max data size", used: "VmData:"),
        ].compactMap(\.self).min()
    }

    private var machine: Int? { kilobytes("MemAvailable:", in: "/proc/meminfo") }

    /// The least that a control group above the process has left, of version 2 or of version 1.
    private var groups: Int? {
        let lines = (reading("/proc/self/cgroup") ?? "").split(separator: "\n")
        let found = lines.compactMap { line -> Int? in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return nil }
            if parts[0] == "0", parts[1].isEmpty {
                return least(
                    from: "/sys/fs/cgroup", to: parts[2], "memory.max", "memory.current",
                    files: ["inactive_file", "active_file"])
            }
            guard parts[1].split(separator: ",").contains("memory") else { return nil }
            return least(
                from: "/sys/fs/cgroup/memory", to: parts[2], "memory.limit_in_bytes",
                "memory.usage_in_bytes", files: ["total_inactive_file", "total_active_file"])
        }
        return found.min()
    }

    /// The least that a group on the way from `top` down to `path` has left.
    ///
    /// What the system keeps of files that were read or written is among what groups count as used, and
    /// is given back as soon as something else needs the memory.
    private func least(
        from top: String, to path: Substring, _ limit: String, _ usage: String, files: [String]
    ) -> Int? {
        var folder = top + path
        var least: Int?
        while folder.hasPrefix(top) {
            if let most = number("\(folder)/\(limit)"), let used = number("\(folder)/\(usage)") {
                let kept = files.map { number(of: $0, in: "\(folder)/memory.stat") ?? 0 }
                let needed = max(0, used - kept.reduce(0, +))
                least = min(least ?? .max, max(0, most - needed))
            }
            guard let slash = folder.lastIndex(of: "/") else { break }
            folder = String(folder[..<slash])
        }
        return least
    }

    /// What a limit of this process leaves.
    private func limit(_ name: String, used: String) -> Int? {
        guard
            let line = reading("/proc/self/limits")?.split(separator: "\n")
                .first(where: { $0.hasPrefix(name) }),
            let most = line.split(separator: " ").dropFirst(3).first.flatMap({ Int($0) }),
            let used = kilobytes(used, in: "/proc/self/status")
        else { return nil }
        return max(0, most - used)
    }

    private func number(_ path: String) -> Int? {
        reading(path)?.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }
    }

    /// The number of a line like `inactive_file 4096`.
    private func number(of key: String, in path: String) -> Int? {
        reading(path)?.split(separator: "\n").first { $0.hasPrefix("\(key) ") }?
            .split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }

    /// The number of a line like `MemAvailable:   8000 kB`, in bytes.
    private func kilobytes(_ key: String, in path: String) -> Int? {
        reading(path)?.split(separator: "\n").first { $0.hasPrefix(key) }?
            .split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
            .map { $0 << 10 }
    }
}
