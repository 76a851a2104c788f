import Arrays
import Foundation

extension JSONValue {
    /// What `value` is as JSON, the members in alphabetical order.
    ///
    /// - Throws: what encoding throws, and `ArrayError`.
    init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        self = try JSONValue(parsing: text, context: "\(type(of: value))")
    }

    /// An array of `numbers`.
    init(_ numbers: [Int]) {
        self = .array(numbers.map { JSONValue($0) })
    }

    /// The text, or null.
    init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }

    /// The number, or null.
    init(_ number: Int?) {
        self = number.map { JSONValue($0) } ?? .null
    }
}
