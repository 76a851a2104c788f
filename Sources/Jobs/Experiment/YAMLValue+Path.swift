internal import YAML

extension YAMLValue {
    /// What stands at the end of `steps`, nil where there is no such place or more than one.
    func value(at steps: ArraySlice<SettingPath.Step>) -> YAMLValue? {
        guard let step = steps.first else { return self }
        guard let place = place(of: step) else { return nil }
        return part(place)?.value(at: steps.dropFirst(place.isStep ? 1 : 0))
    }

    /// The same with `value` at the end of `steps`, nil where there is no such place.
    func replacing(
        _ steps: ArraySlice<SettingPath.Step>, with value: YAMLValue
    ) -> YAMLValue? {
        guard let step = steps.first else { return value }
        guard let place = place(of: step) else { return nil }
        let rest = steps.dropFirst(place.isStep ? 1 : 0)
        guard let part = part(place)?.replacing(rest, with: value) else { return nil }
        return replacing(place, with: part)
    }

    /// The names of what stands in a mapping, or in the mappings of a list.
    var keys: [String] {
        switch self {
        case .mapping(let fields): fields.map(\.key)
        case .sequence(let elements): elements.flatMap(\.keys)
        case .null, .boolean, .integer, .unsigned, .number, .text: []
        }
    }

    /// The number that this is.
    var asNumber: Double? {
        switch self {
        case .number(let number): number
        case .integer(let number): Double(number)
        case .unsigned(let number): Double(number)
        case .null, .boolean, .text, .sequence, .mapping: nil
        }
    }

    /// A field or an element.
    private struct Place {
        let index: Int
        /// Whether the way takes a step with it; to the element that has a key it does not.
        let isStep: Bool
    }

    private func place(of step: SettingPath.Step) -> Place? {
        switch (self, step) {
        case (.mapping(let fields), .key(let key)):
            return fields.firstIndex { $0.key == key }.map { Place(index: $0, isStep: true) }
        case (.sequence(let elements), .index(let index)):
            return elements.indices.contains(index) ? Place(index: index, isStep: true) : nil
        case (.sequence(let elements), .key(let key)):
            let found = elements.indices.filter { elements[$0][key] != nil }
            return found.count == 1 ? Place(index: found[0], isStep: false) : nil
        default: return nil
        }
    }

    private func part(_ place: Place) -> YAMLValue? {
        switch self {
        case .mapping(let fields): fields[place.index].value
        case .sequence(let elements): elements[place.index]
        case .null, .boolean, .integer, .unsigned, .number, .text: nil
        }
    }

    private func replacing(_ place: Place, with part: YAMLValue) -> YAMLValue? {
        switch self {
        case .mapping(var fields):
            fields[place.index] = Field(fields[place.index].key, part)
            return .mapping(fields)
        case .sequence(var elements):
            elements[place.index] = part
            return .sequence(elements)
        case .null, .boolean, .integer, .unsigned, .number, .text: return nil
        }
    }
}
