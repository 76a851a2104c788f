import Foundation

/// The parts of a Markdown file that rules look at.
struct MarkdownText {
    /// A fenced block of code.
    struct Block {
        let language: String
        /// The line of the file, counted from 1, on which the block's first line stands.
        let firstLine: Int
        let text: String
    }

    /// The lines outside fenced blocks; those inside are empty here, so that numbers stay.
    let prose: [String]
    let blocks: [Block]

    init(_ text: String) {
        var prose: [String] = []
        var blocks: [Block] = []
        var open: (language: String, firstLine: Int, lines: [Substring])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isFence = line.drop { $0 == " " }.hasPrefix("```")
            if let block = open, isFence {
                let text = block.lines.map { $0 + "\n" }.joined()
                blocks.append(
                    Block(language: block.language, firstLine: block.firstLine, text: text))
                open = nil
            } else if isFence {
                let language = line.drop { $0 == " " || $0 == "`" }
                open = (String(language.prefix { $0 != " " }), prose.count + 2, [])
            } else {
                open?.lines.append(line)
            }
            prose.append(open == nil && !isFence ? String(line) : "")
        }
        self.prose = prose
        self.blocks = blocks
    }

    /// What the headings are called in links: `Life of a job` is `life-of-a-job`.
    var anchors: Set<String> {
        Set(
            prose.filter { $0.hasPrefix("#") }.map { line in
                let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
                let kept = title.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
                return kept.replacing(" ", with: "-")
            })
    }

    /// The targets of links and pictures, with their lines.
    var links: [(line: Int, target: String)] {
        prose.enumerated().flatMap { index, line in
            let plain = line.replacing(/`[^`]*`/, with: "")
            let inline = plain.matches(of: /\]\(([^)\s]+)[^)]*\)/).map { String($0.output.1) }
            let tags = plain.matches(of: /(?:src|href)=['\x22]([^'\x22]+)['\x22]/)
                .map { String($0.output.1) }
            return (inline + tags).map { (index + 1, $0) }
        }
    }

    /// The rows of the first table whose head begins with `column`, without markup.
    func table(beginningWith column: String) -> [[String]] {
        let start = prose.firstIndex { Self.cells($0).first == column } ?? prose.endIndex
        return prose[start...].prefix { $0.hasPrefix("|") }.dropFirst(2).map(Self.cells)
    }

    private static func cells(_ line: String) -> [String] {
        guard line.hasPrefix("|") else { return [] }
        return line.split(separator: "|").map { cell in
            cell.replacing("`", with: "").trimmingCharacters(in: .whitespaces)
        }
    }
}
