import Jobs

/// What somebody else has written, made fit for a terminal line by line.
///
/// A log may hold what a worker or a file name brought with it: an escape sequence could clear the
/// screen or change what stands above.
package struct TerminalText {
    /// What has come after the last line feed: it may end in the middle of a letter.
    private var held: [UInt8] = []

    package init() {}

    /// The lines that are whole now, with control characters spelled out; a line feed and a
    /// tabulator are as they were.
    package mutating func shown(_ bytes: [UInt8]) -> [UInt8] {
        held += bytes
        guard let end = held.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        defer { held.removeFirst(end + 1) }
        return Self.plain(held[...end])
    }

    /// What came after the last line feed.
    package mutating func rest() -> [UInt8] {
        defer { held = [] }
        return Self.plain(held[...])
    }

    private static func plain(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.unicodeScalars.contains(where: isDangerous) else { return Array(text.utf8) }
        let parts = text.unicodeScalars.map { scalar in
            isDangerous(scalar) ? scalar.escaped(asASCII: true) : String(scalar)
        }
        return Array(parts.joined().utf8)
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n" && scalar != "\t"
            && (scalar.isControl || scalar.properties.isBidiControl)
    }
}
