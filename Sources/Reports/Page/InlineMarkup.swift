import Markup

/// The marks inside a line of Markdown: `code`, **strong** and [links](https://example.org).
enum InlineMarkup {
    /// Writes `text` into `writer`; marks without an end are text.
    static func write(_ text: Substring, to writer: inout XMLWriter) {
        var rest = text
        while let mark = rest.firstIndex(where: { "`*[".contains($0) }) {
            writer.text(String(rest[..<mark]))
            rest = rest[mark...]
            if let after = writeMark(rest, to: &writer) {
                rest = after
            } else {
                writer.text(String(rest.removeFirst()))
            }
        }
        writer.text(String(rest))
    }

    /// Writes the mark that `text` begins with.
    ///
    /// - Returns: what follows it; nil when it is no mark.
    private static func writeMark(_ text: Substring, to writer: inout XMLWriter) -> Substring? {
        if let (code, after) = enclosed(text, "`", "`") {
            writer.element("code", text: String(code))
            return after
        }
        if let (strong, after) = enclosed(text, "**", "**") {
            writer.element("strong", text: String(strong))
            return after
        }
        guard let (label, after) = enclosed(text, "[", "]"),
            let (target, end) = enclosed(after, "(", ")")
        else { return nil }
        // Nothing but a page may be behind a link: no script, no file.
        guard target.hasPrefix("https://") || target.hasPrefix("http://") else {
            writer.text(String(label))
            return end
        }
        writer.element("a", ["href": String(target)], text: String(label))
        return end
    }

    private static func enclosed(
        _ text: Substring, _ start: String, _ end: String
    ) -> (inside: Substring, after: Substring)? {
        guard text.hasPrefix(start) else { return nil }
        let rest = text.dropFirst(start.count)
        guard let range = rest.firstRange(of: end), range.lowerBound > rest.startIndex else {
            return nil
        }
        return (rest[..<range.lowerBound], rest[range.upperBound...])
    }
}
