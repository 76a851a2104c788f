/// A value to be written as YAML or JSON.
package enum YAMLValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case unsigned(UInt64)
    /// A finite number; others are written as null.
    case number(Double)
    case text(String)
    indirect case sequence([YAMLValue])
    /// Written in this order.
    indirect case mapping([Field])

    package struct Field: Equatable, Sendable {
        package let key: String
        package let value: YAMLValue

        package init(_ key: String, _ value: YAMLValue) {
            self.key = key
            self.value = value
        }
    }

    /// The value of `key` when this is a mapping that has it.
    package subscript(key: String) -> YAMLValue? {
        guard case .mapping(let fields) = self else { return nil }
        return fields.first { $0.key == key }?.value
    }
}

extension YAMLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .text(text) }
    package init(integerLiteral number: Int) { self = .integer(number) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(arrayLiteral elements: YAMLValue...) { self = .sequence(elements) }
    package init(dictionaryLiteral fields: (String, YAMLValue)...) {
        self = .mapping(fields.map { Field($0.0, $0.1) })
    }
}
