/// Cells of a table of comma-separated values.
enum CSVText {
    /// Empty for a number that is not known or not finite.
    static func cell(_ number: Double?) -> String {
        guard let number, number.isFinite else { return "" }
        return "\(number)"
    }

    /// Quoted as RFC 4180 has it where the text holds a comma, a quote or a line end.
    static func cell(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { !",\"\n\r".unicodeScalars.contains($0) }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
