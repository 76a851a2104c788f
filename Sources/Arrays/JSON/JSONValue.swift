/// A JSON text as a tree.
///
/// Objects keep the order of their members, and no name occurs twice in one. Numbers keep their
/// text, so that none is rounded.
package indirect enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    package struct Member: Equatable, Sendable {
        package let name: String
        package let value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The value that `text` says; `context` names the text in errors.
    ///
    /// - Throws: `ArrayError` that says at which byte the text stops being JSON.
    package init(parsing text: String, context: String) throws(ArrayError) {
        self = try JSONParser.parse(Array(text.utf8), context: context)
    }

    /// The number as an integer, if it is one that is written without fraction and exponent.
    package var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    /// The number, nil for anything else.
    package var number: Double? {
        guard case .number(let text) = self else { return nil }
        return Double(text)
    }

    /// The text of a string, nil for anything else.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    package var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    package var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// `text` as a JSON string with its quotes.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
