extension StringProtocol {
    /// How many columns of a terminal the text takes at most.
    ///
    /// Terminals differ in sequences that make one picture: those that know them take two columns,
    /// all others those of every part. A line that is counted too long is cut early; one that is
    /// counted too short goes on below itself, so it is the larger number that counts.
    package var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

    /// The longest beginning, in whole characters, that takes at most `columns` columns.
    package func prefix(columns: Int) -> SubSequence {
        var left = columns
        return prefix { character in
            left -= String(character).columns
            return left >= 0
        }
    }
}

extension Unicode.Scalar {
    /// What is as wide as two letters: Unicode's East Asian Width `W` and `F`, in whole blocks.
    ///
    /// Emoji outside of these blocks say themselves that they are shown as pictures.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E,
        0x3041...0x4DBF, 0x4DC0...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
        0x1AFF0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]

    /// Vowels and finals of Hangul, which join the letter before them.
    private static let joining: [ClosedRange<UInt32>] = [0x1160...0x11FF, 0xD7B0...0xD7FB]

    fileprivate var columns: Int {
        guard value >= 0x300 else { return 1 }
        // An emoji that is written as a letter takes a second column when this asks for its picture.
        if value == 0xFE0F { return 1 }
        if isDrawnUponOthers { return 0 }
        let isWide = properties.isEmojiPresentation || Self.wide.contains { $0.contains(value) }
        return isWide ? 2 : 1
    }

    private var isDrawnUponOthers: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        // Signs of Arabic numbers are formats too, but are seen.
        case .format: properties.isDefaultIgnorableCodePoint
        default: Self.joining.contains { $0.contains(value) }
        }
    }
}
