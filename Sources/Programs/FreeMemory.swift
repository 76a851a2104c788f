import FoundationEssentials

/// How much memory this process may still take.
///
/// The least of what the machine has left (`MemAvailable`), what the control groups of the process
/// allow, and what its own limit of address space leaves.
package struct FreeMemory {
    /// The content of a file of the system; nil when it is not there.
    package typealias Reading = (String) -> String?

    private let reading: Reading

    package init(reading: @escaping Reading = { try? String(contentsOfFile: $0, encoding: .utf8) })
    {
        self.reading = reading
    }

    /// Bytes; nil when the system says nothing about them.
    package var bytes: Int? { [machine, groups, addressSpace].compactMap(\.self).min() }

    private var machine: Int? { kilobytes("MemAvailable:", in: "/proc/meminfo") }

    /// The least that a control group (version 2) above the process has left.
    private var groups: Int? {
        guard
            let line = reading("/proc/self/cgroup")?.split(separator: "\n")
                .first(where: { $0.hasPrefix("0::") })
        else { return nil }
        var folder = "/sys/fs/cgroup" + line.dropFirst(3)
        var least: Int?
        while folder.hasPrefix("/sys/fs/cgroup") {
            if let left = left(inGroup: folder) { least = min(least ?? left, left) }
            guard let slash = folder.lastIndex(of: "/") else { break }
            folder = String(folder[..<slash])
        }
        return least
    }

    private func left(inGroup folder: String) -> Int? {
        guard let most = number("\(folder)/memory.max"),
            let used = number("\(folder)/memory.current")
        else { return nil }
        return max(0, most - used)
    }

    private var addressSpace: Int? {
        guard
            let line = reading("/proc/self/limits")?.split(separator: "\n")
                .first(where: { $0.hasPrefix("Max address space") }),
            let most = line.split(separator: " ").dropFirst(3).first.flatMap({ Int($0) }),
            let used = kilobytes("VmSize:", in: "/proc/self/status")
        else { return nil }
        return max(0, most - used)
    }

    private func number(_ path: String) -> Int? {
        reading(path)?.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }
    }

    /// The number of a line like `MemAvailable:   8000 kB`, in bytes.
    private func kilobytes(_ key: String, in path: String) -> Int? {
        reading(path)?.split(separator: "\n").first { $0.hasPrefix(key) }?
            .split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
            .map { $0 << 10 }
    }
}
