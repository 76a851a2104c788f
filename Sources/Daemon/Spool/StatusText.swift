package import Jobs

/// The status as a file: what `Document` makes of it, made in pieces.
///
/// An encoder keeps a tree of everything, some kilobytes for each submission that waits; of a hundred
/// thousand, only a thousand at a time are in one.
package enum StatusText {
    private static let piece = 1000
    /// What stands for no submissions; in a string of JSON there is no line feed.
    private static let none = Array("\n  \"waiting\" : [\n\n  ]".utf8)
    private static let opening = Array("\n  \"waiting\" : [\n".utf8)
    private static let closing = Array("\n  ]".utf8)

    /// `status` as JSON that people can read, ending in a line feed.
    ///
    /// - Throws: ``DaemonError`` when it holds a number that JSON has no form for.
    package static func bytes(of status: StatusDocument) throws(DaemonError) -> [UInt8] {
        guard status.waiting.count > piece else { return try Document.bytes(of: status) }
        var rest = status
        rest.waiting = []
        let frame = try Document.bytes(of: rest)
        guard let place = frame.firstRange(of: none) else { return try Document.bytes(of: status) }
        var text = Array(frame[..<place.lowerBound]) + opening
        for start in stride(from: 0, to: status.waiting.count, by: piece) {
            if start > 0 { text += Array(",\n".utf8) }
            let end = min(start + piece, status.waiting.count)
            text += try lines(of: Array(status.waiting[start..<end]))
        }
        return text + closing + frame[place.upperBound...]
    }

    /// The elements of an array as they stand two columns further to the right.
    private static func lines(
        of submissions: [StatusDocument.Waiting]
    ) throws(DaemonError) -> [UInt8] {
        let feed = UInt8(ascii: "\n")
        let inner = try Document.text(of: submissions).split(separator: feed).dropFirst().dropLast()
        return Array(inner.map { Array("  ".utf8) + $0 }.joined(separator: [feed]))
    }
}
