import Markup

/// A model card as elements of a page: the Markdown that cards are written in, and no more.
///
/// Headings, tables, lists, code and paragraphs; pictures are left out, since a report stands alone.
/// What is not understood appears as it was written.
struct CardMarkup {
    private let lines: [Substring]
    private var next = 0

    private init(_ card: String) {
        lines = card.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    /// Writes `card` into `writer`.
    static func write(_ card: String, to writer: inout XMLWriter) {
        var markup = CardMarkup(card)
        while let line = markup.line { markup.writeBlock(line, to: &writer) }
    }

    private var line: Substring? { next < lines.count ? lines[next] : nil }

    /// The lines from here on for which `belongs` holds.
    private mutating func take(while belongs: (Substring) -> Bool) -> [Substring] {
        var taken: [Substring] = []
        while let line, belongs(line) {
            taken.append(line)
            next += 1
        }
        return taken
    }

    private mutating func writeBlock(_ line: Substring, to writer: inout XMLWriter) {
        if line.hasPrefix("#") {
            next += 1
            writer.element("h4") {
                InlineMarkup.write(line.drop { $0 == "#" || $0 == " " }, to: &$0)
            }
        } else if line.hasPrefix("```") {
            next += 1
            let code = take { !$0.hasPrefix("```") }
            next += 1
            writer.element("pre", text: code.joined(separator: "\n"))
        } else if line.hasPrefix("|") {
            writeTable(take { $0.hasPrefix("|") }, to: &writer)
        } else if line.hasPrefix("* ") || line.hasPrefix("- ") {
            let items = take { $0.hasPrefix("* ") || $0.hasPrefix("- ") }
            writer.element("ul") { list in
                for item in items {
                    list.element("li") { InlineMarkup.write(item.dropFirst(2), to: &$0) }
                }
            }
        } else if line.hasPrefix("![") || line.allSatisfy(\.isWhitespace) {
            next += 1
        } else {
            let text = take { !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("|") }
            writer.element("p") {
                InlineMarkup.write(Substring(text.joined(separator: " ")), to: &$0)
            }
        }
    }

    private func writeTable(_ rows: [Substring], to writer: inout XMLWriter) {
        writer.element("div", ["class": "scroll"]) { scroll in
            scroll.element("table") { table in
                table.element("tbody") { body in
                    for row in rows.map(Self.cells) where !Self.isRule(row) {
                        body.element("tr") { line in
                            for cell in row {
                                line.element("td") { InlineMarkup.write(cell, to: &$0) }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func cells(_ row: Substring) -> [Substring] {
        let cells = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
            .map(\.trimmed)
        return cells.last?.isEmpty == true ? Array(cells.dropLast()) : cells
    }

    /// The line of dashes, and a head without words.
    private static func isRule(_ cells: [Substring]) -> Bool {
        cells.allSatisfy { $0.allSatisfy { $0 == "-" || $0 == ":" } }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
