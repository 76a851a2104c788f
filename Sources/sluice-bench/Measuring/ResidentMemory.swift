import Foundation

/// How much memory this process has in use, in bytes.
enum ResidentMemory {
    /// - Throws: `BenchError` when the system does not say.
    static func now() throws -> Int { try entry("VmRSS") }

    /// The most so far.
    ///
    /// - Throws: `BenchError` when the system does not say.
    static func peak() throws -> Int { try entry("VmHWM") }

    /// A line such as `VmHWM:     10240 kB`.
    private static func entry(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        for line in status.split(separator: "\n") where line.hasPrefix("\(name):") {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.count > 1, let kilobytes = Int(words[1]) { return kilobytes * 1024 }
        }
        throw BenchError(reason: .noMemoryFigure, context: name)
    }
}
