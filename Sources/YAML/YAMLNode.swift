/// One node of a YAML tree, and where it begins.
package struct YAMLNode: Equatable, Sendable {
    package indirect enum Content: Equatable, Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        /// Entries in the order of the file; keys occur once.
        case mapping([YAMLEntry])
        /// Something that was refused, such as an alias; the document's issues say what.
        case refused
    }

    package let content: Content
    package let position: YAMLPosition

    package init(_ content: Content, at position: YAMLPosition) {
        self.content = content
        self.position = position
    }

    /// The value of `key` when this is a mapping that has it.
    package subscript(key: String) -> YAMLNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The entries when this is a mapping.
    package var entries: [YAMLEntry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    /// The elements when this is a sequence.
    package var elements: [YAMLNode]? {
        guard case .sequence(let elements) = content else { return nil }
        return elements
    }

    /// The scalar when this is one.
    package var scalar: YAMLScalar? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar
    }
}

/// A key of a mapping, where it stands, and its value.
package struct YAMLEntry: Equatable, Sendable {
    package let key: String
    package let position: YAMLPosition
    package let value: YAMLNode

    package init(_ key: String, at position: YAMLPosition, _ value: YAMLNode) {
        self.key = key
        self.position = position
        self.value = value
    }
}
