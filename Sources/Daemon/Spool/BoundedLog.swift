/// Text of any length of which the beginning and the end are kept.
package struct BoundedLog: Sendable {
    /// Bytes kept of the beginning, and again of the end.
    package static let part = 256 << 10

    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var dropped = 0

    package init() {}

    package mutating func append(_ bytes: some Collection<UInt8>) {
        let first = bytes.prefix(Self.part - head.count)
        head += first
        tail += bytes.dropFirst(first.count)
        // Cut in large steps, so that a flood of short lines costs no more than its length.
        guard tail.count > 2 * Self.part else { return }
        dropped += tail.count - Self.part
        tail.removeFirst(tail.count - Self.part)
    }

    /// What is kept, with a line in the middle that says how much is not.
    package var bytes: [UInt8] {
        let surplus = max(0, tail.count - Self.part)
        guard dropped + surplus > 0 else { return head + tail }
        return head + Array("\n… \(dropped + surplus) bytes left out …\n".utf8)
            + tail.dropFirst(surplus)
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The last `count` lines.
    package func lastLines(_ count: Int) -> String {
        let lines = text.split(whereSeparator: \.isNewline).suffix(count)
        return lines.joined(separator: "\n")
    }

    /// `bytes` cut to what a log keeps.
    static func shortened(_ bytes: [UInt8]) -> [UInt8] {
        var log = BoundedLog()
        log.append(bytes)
        return log.bytes
    }
}
