package import YAML

/// One of the methods among which a job chooses: a name and its settings.
package struct Alternative<Value> {
    package let name: String
    /// The schema of the settings.
    let schema: () -> YAMLValue
    /// The form of the settings in words.
    let expected: String
    /// The value of the bare name, nil when settings are required.
    let bare: Value?
    let read: (YAMLNode, inout ReadingContext) -> Value
    let placeholder: Value

    /// A method with settings.
    package static func method<Settings>(
        _ name: String, _ settings: Rule<Settings>, _ documentation: String,
        _ value: @escaping (Settings) -> Value
    ) -> Alternative {
        Alternative(
            name: name, schema: { settings.schema.documented(documentation) },
            expected: settings.expected, bare: settings.bare.map(value),
            read: { value(settings.read($0, &$1)) },
            placeholder: value(settings.placeholder))
    }

    /// A method without settings.
    package static func method(
        _ name: String, _ documentation: String, _ value: Value
    ) -> Alternative {
        method(name, Rule.record((), []), documentation) { value }
    }
}

/// What a choice is written as.
package struct Choice {
    let name: String
    let settings: YAMLValue

    package init(_ name: String, _ settings: YAMLValue = [:]) {
        self.name = name
        self.settings = settings
    }

    /// A map with one key, or the bare name when there are no settings.
    package var value: YAMLValue {
        settings == [:] ? .text(name) : .mapping([.init(name, settings)])
    }
}

extension YAMLValue {
    /// A schema with a description, unless it has one.
    func documented(_ documentation: String) -> YAMLValue {
        self["description"] == nil
            ? adding([.init("description", .text(documentation))]) : self
    }
}
