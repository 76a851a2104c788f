package import Jobs

/// The status as a file: what `Document` makes of it, made in pieces.
///
/// An encoder keeps a tree of everything, some kilobytes for each job; of a hundred thousand, only a
/// thousand at a time are in one.
package enum StatusText {
    private static let piece = 1000

    /// `status` as JSON that people can read, ending in a line feed.
    ///
    /// - Throws: ``DaemonError`` when it holds a number that JSON has no form for.
    package static func bytes(of status: StatusDocument) throws(DaemonError) -> [UInt8] {
        var rest = status
        var long: [(key: String, elements: [UInt8])] = []
        // The last key first, so that what is put in never lies before what is looked for.
        if status.waiting.count > piece {
            rest.waiting = []
            long.append(("waiting", try elements(of: status.waiting)))
        }
        if status.queue.count > piece {
            rest.queue = []
            long.append(("queue", try elements(of: status.queue)))
        }
        var text = try Document.bytes(of: rest)
        for (key, elements) in long {
            // What stands for an empty array; in a string of JSON there is no line feed.
            guard let place = text.firstRange(of: Array("\n  \"\(key)\" : [\n\n  ]".utf8)) else {
                return try Document.bytes(of: status)
            }
            let full = Array("\n  \"\(key)\" : [\n".utf8) + elements + Array("\n  ]".utf8)
            text.replaceSubrange(place, with: full)
        }
        return text
    }

    private static func elements(of values: [some Encodable]) throws(DaemonError) -> [UInt8] {
        var text: [UInt8] = []
        for start in stride(from: 0, to: values.count, by: piece) {
            if start > 0 { text += Array(",\n".utf8) }
            let end = min(start + piece, values.count)
            text += try lines(of: Array(values[start..<end]))
        }
        return text
    }

    /// The elements of an array as they stand two columns further to the right.
    private static func lines(
        of values: [some Encodable]
    ) throws(DaemonError) -> [UInt8] {
        let feed = UInt8(ascii: "\n")
        let inner = try Document.text(of: values).split(separator: feed).dropFirst().dropLast()
        return Array(inner.map { Array("  ".utf8) + $0 }.joined(separator: [feed]))
    }
}
