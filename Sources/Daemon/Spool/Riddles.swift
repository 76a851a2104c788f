internal import CSystem

/// A job file that cannot be understood (yet): it may name anything that occurs in it.
struct Riddle {
    let bytes: Int
    /// Its content; nil where too much of that would have to be kept.
    var text: [UInt8]?

    init(_ text: [UInt8]) {
        bytes = text.count
        self.text = text
    }
}

/// Such job files, of which there may be many.
struct Riddles {
    /// To look for a thousand names in more bytes than these, and to keep them, would hold everybody up.
    private static let most = 1 << 20

    private var known: [SpoolPath: Riddle] = [:]
    private var bytes = 0
    /// How many are without their text: they may name anything.
    private var untold = 0

    /// Whether they are more than can be looked through.
    var areTooMany: Bool { bytes > Self.most }

    /// Adds the one of this job.
    ///
    /// - Returns: what is kept of it.
    mutating func add(_ riddle: Riddle, of source: SpoolPath) -> Riddle {
        var kept = riddle
        bytes += kept.bytes
        if areTooMany { kept.text = nil }
        if kept.text == nil { untold += 1 }
        known[source] = kept
        return kept
    }

    mutating func remove(_ source: SpoolPath) {
        guard let riddle = known.removeValue(forKey: source) else { return }
        bytes -= riddle.bytes
        if riddle.text == nil { untold -= 1 }
    }

    /// Whether `name` may occur in one of them, O(bytes of them).
    func mayName(_ name: FileName) -> Bool {
        untold > 0
            || known.values.contains { riddle in
                let text = riddle.text ?? []
                return csys_contains(text, text.count, name.bytes, name.bytes.count)
            }
    }
}
