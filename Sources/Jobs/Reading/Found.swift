internal import YAML

/// How a message names the value that stands where another was expected.
struct Found {
    let text: String
    /// What to add to the advice.
    let hint: String

    /// Nil for what was refused already.
    init?(_ node: YAMLNode) {
        switch node.content {
        case .refused: return nil
        case .sequence: self.init("a list")
        case .mapping: self.init("a mapping")
        case .scalar(let scalar) where scalar.isNull: self.init("empty")
        case .scalar(let scalar): self.init(scalar)
        }
    }

    private init(_ text: String, hint: String = "") {
        self.text = text
        self.hint = hint
    }

    private init(_ scalar: YAMLScalar) {
        let clipped = Self.clipped(scalar.text)
        let unquoted = YAMLScalar(scalar.text, isPlain: true)
        if scalar.isPlain {
            self.init(clipped)
        } else if unquoted.string == nil, !unquoted.isNull {
            self.init("the text \"\(clipped)\"", hint: ", without quotes")
        } else {
            self.init("the text \"\(clipped)\"")
        }
    }

    /// On one line, and not too long for a message.
    private static func clipped(_ text: String) -> String {
        let line = String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.isControl ? " " : $0 }))
        return line.count > 60 ? line.prefix(57) + "..." : line
    }
}
