/// Tells what is new in a log that grows, and that may be cut in its middle meanwhile.
package struct LogTail: Sendable {
    /// All of the log as far as it has been told.
    private var told: [UInt8] = []

    /// So much of the end of what was told is looked for in a log that was cut.
    private static let anchor = 512
    /// So much of a log is told in which nothing is found that was told before.
    private static let part = 64 << 10

    package init() {}

    /// What `log` has that has not been told yet.
    package mutating func news(in log: [UInt8]) -> [UInt8] {
        if log.starts(with: told) {
            defer { told = log }
            return Array(log.dropFirst(told.count))
        }
        // At the end of an attempt its lines are in no file for a moment.
        if told.starts(with: log) { return [] }
        defer { told = log }
        if let end = Self.end(of: told.suffix(Self.anchor), in: log) { return Array(log[end...]) }
        return Array("… lines left out …\n".utf8) + log.suffix(Self.part)
    }

    /// Where the last occurrence of `piece` in `log` ends.
    private static func end(of piece: ArraySlice<UInt8>, in log: [UInt8]) -> Int? {
        guard log.count >= piece.count else { return nil }
        let starts = stride(from: log.count - piece.count, through: 0, by: -1)
        return starts.first { log[$0...].starts(with: piece) }.map { $0 + piece.count }
    }
}
