/// Writes elements and text so that the result is well-formed XML whatever the text is.
///
/// HTML is written in the form that is also XML: every element that is opened is closed. Then one
/// strict parser can check the whole page, and nothing that a file name holds can end an element.
package struct XMLWriter {
    package typealias Attributes = KeyValuePairs<String, String>

    package private(set) var output = ""

    package init() {}

    package mutating func element(
        _ name: String, _ attributes: Attributes = [:], _ content: (inout XMLWriter) -> Void
    ) {
        open(name, attributes)
        output += ">"
        content(&self)
        output += "</\(name)>"
    }

    package mutating func element(_ name: String, _ attributes: Attributes = [:], text: String) {
        element(name, attributes) { $0.text(text) }
    }

    /// An element that can have no content, such as `img`.
    package mutating func empty(_ name: String, _ attributes: Attributes = [:]) {
        open(name, attributes)
        output += " />"
    }

    package mutating func text(_ text: String) {
        output += Self.escaped(text)
    }

    /// Adds `markup`, which must be well-formed, as it is.
    package mutating func markup(_ markup: String) {
        output += markup
    }

    package mutating func lineFeed() {
        output += "\n"
    }

    private mutating func open(_ name: String, _ attributes: Attributes) {
        output += "<\(name)"
        for (name, value) in attributes { output += " \(name)=\"\(Self.escaped(value))\"" }
    }

    /// `text` with everything replaced that means something in XML or may not stand in it, and with
    /// what turns the direction of text, so that a name looks like another one, spelled out.
    package static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{FFFE}"..."\u{FFFF}":
                result += "\u{FFFD}"
            case _ where scalar.properties.isBidiControl:
                result += scalar.escaped(asASCII: true)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Printing ASCII without a meaning in XML: most of what is written, such as Base64.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
            UInt8(ascii: "'"):
            false
        default: (0x20..<0x7F).contains(byte)
        }
    }
}
