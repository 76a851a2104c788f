import Foundation

/// The beginning of a model card, without pictures, and its terms.
struct CardHead: Equatable {
    /// What stands between the title and the first section.
    let introduction: String
    /// What stands in the section about terms.
    let terms: String

    /// Looks into `card`, a text in Markdown.
    init(_ card: String) {
        let sections = ("\n" + card).components(separatedBy: "\n## ")
        introduction = Self.paragraphs(of: sections[0].split(separator: "\n"))
        let terms = sections.dropFirst().first { $0.hasPrefix("Terms\n") }
        self.terms = Self.paragraphs(of: (terms ?? "").split(separator: "\n").dropFirst())
    }

    private static func paragraphs(of lines: some Sequence<Substring>) -> String {
        lines.filter { !$0.hasPrefix("#") && !$0.hasPrefix("![") }.joined(separator: " ")
    }
}
