import Foundation

/// A limit on the memory of this process, for exit tests.
package enum MemoryLimit {
    /// Lets this process take `byteCount` bytes more than it has now; asked for more than that,
    /// it ends with an error.
    package static func allow(byteCount: Int) throws {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmData:") }
        guard let kibibytes = line?.split(whereSeparator: \.isWhitespace)[1],
            let now = Int(kibibytes)
        else { throw CocoaError(.fileReadCorruptFile) }
        let limit = rlim_t(now << 10 + byteCount)
        var limits = rlimit(rlim_cur: limit, rlim_max: limit)
        guard setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limits) == 0 else {
            throw CocoaError(.featureUnsupported)
        }
    }
}
