import Glibc

/// How much memory this process has in use, in bytes.
package enum ResidentMemory {
    /// Nil when the system does not say.
    package static var now: Int? { entry("VmRSS") }

    /// The most so far; nil when the system does not say.
    package static var peak: Int? { entry("VmHWM") }

    /// From now on, the most so far is what is in use now; false when the system refuses.
    package static func forgetPeak() -> Bool {
        guard let file = fopen("/proc/self/clear_refs", "w") else { return false }
        let isWritten = fputs("5", file) >= 0
        return fclose(file) == 0 && isWritten
    }

    /// A line such as `VmHWM:     10240 kB`.
    private static func entry(_ name: String) -> Int? {
        guard let file = fopen("/proc/self/status", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
            guard text.hasPrefix("\(name):") else { continue }
            let words = text.split(whereSeparator: \.isWhitespace)
            return words.count > 1 ? Int(words[1]).map { $0 * 1024 } : nil
        }
        return nil
    }
}
