import Arrays

/// A setting in the table of settings: the way to it, such as `noise.sine.period`, and its value.
struct SettingLine: Equatable {
    /// Longer lists, such as the pictures of a job, are cut.
    private static let longestValue = 400

    let key: String
    let value: String

    /// The settings of `value` in their order, maps within maps taken apart.
    static func lines(of value: JSONValue, key: String = "") -> [SettingLine] {
        switch value {
        case .object(let members) where !members.isEmpty:
            members.flatMap { member in
                lines(of: member.value, key: key.isEmpty ? member.name : "\(key).\(member.name)")
            }
        case .array(let elements) where elements.contains(where: \.isStructured):
            elements.enumerated().flatMap { index, element in
                lines(of: element, key: "\(key)[\(index + 1)]")
            }
        case .array(let elements):
            [SettingLine(key: key, value: cut(elements.map(\.plain)))]
        case .null, .bool, .number, .string, .object:
            [SettingLine(key: key, value: value.plain)]
        }
    }

    private static func cut(_ elements: [String]) -> String {
        var text = ""
        for (index, element) in elements.enumerated() {
            guard text.count + element.count <= longestValue else {
                return text + " \u{2026} and \(elements.count - index) more"
            }
            text += (index == 0 ? "" : ", ") + element
        }
        return text.isEmpty ? "none" : text
    }
}

extension JSONValue {
    fileprivate var isStructured: Bool {
        switch self {
        case .object, .array: true
        case .null, .bool, .number, .string: false
        }
    }

    /// A value without quotes; null is what the program was left to choose.
    fileprivate var plain: String {
        switch self {
        case .null: "auto"
        case .bool(let value): value ? "yes" : "no"
        case .number(let text), .string(let text): text
        case .object(let members) where members.isEmpty: "defaults"
        case .array, .object: line
        }
    }
}
