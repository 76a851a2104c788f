/// Text as HTML: nothing in a name of a job or a picture is ever markup.
package struct HTML: Equatable, Sendable, CustomStringConvertible {
    package let description: String

    /// Markup of the program itself.
    package init(markup: String) {
        description = markup
    }

    /// Text of anybody.
    package init(_ text: String) {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar.value < 0x20 ? " " : scalar)
            }
        }
        description = escaped
    }

    /// `content` in an element; attributes are escaped.
    package static func element(
        _ name: String, _ attributes: [(String, String)] = [], _ content: [HTML] = []
    ) -> HTML {
        let list = attributes.map { " \($0)=\"\(HTML($1))\"" }.joined()
        let inside = content.map(\.description).joined()
        return HTML(markup: "<\(name)\(list)>\(inside)</\(name)>")
    }

    /// A path as part of an address.
    package static func address(_ path: [String]) -> String {
        path.map { part in
            part.utf8.map { byte in
                let isPlain =
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
                let digits = String(byte, radix: 16, uppercase: true)
                return isPlain
                    ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
            }.joined()
        }.joined(separator: "/")
    }
}
