extension Unicode.Scalar {
    /// Whether this would break a line of a message or a table, or rule a terminal.
    ///
    /// Those that end a line or a paragraph count too; those that only turn the direction of text
    /// do not.
    package var isControl: Bool {
        // Nearly all text is ASCII, and to look a category up takes long.
        if isASCII { return value < 0x20 || value == 0x7F }
        return switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
