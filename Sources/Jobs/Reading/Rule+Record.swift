internal import YAML

extension Rule {
    /// A mapping with known keys, read into a copy of `record`, which holds the defaults.
    package static func record(
        _ record: Value, _ fields: [Field<Value>], _ constraints: [RecordConstraint] = []
    ) -> Rule {
        let needsNothing =
            !fields.contains(where: \.isRequired)
            && !constraints.contains { if case .exactlyOne = $0 { true } else { false } }
        return Rule(
            expected: form(of: fields, constraints),
            schema: recordSchema(record, fields, constraints), placeholder: record,
            bare: needsNothing ? record : nil,
            accepts: { $0.entries != nil },
            read: { node, context in
                RecordReading(fields: fields, constraints: constraints)
                    .read(node, into: record, &context)
            },
            write: { record in
                .mapping(
                    fields.compactMap { field in
                        field.write(record).map { YAMLValue.Field(field.key, $0) }
                    })
            })
    }

    /// The least that a user has to write, such as `{std: a number above 0}`, or
    /// `{row: ..., column: ...}` where that would be long.
    private static func form(
        of fields: [Field<Value>], _ constraints: [RecordConstraint]
    ) -> String {
        let required = fields.filter(\.isRequired)
        if required.count == 1 { return "{\(required[0].key): \(required[0].expected)}" }
        if required.count > 1 {
            return "{" + required.map { "\($0.key): ..." }.joined(separator: ", ") + "}"
        }
        for case .exactlyOne(let keys) in constraints {
            return "a mapping with \(Suggestion.listed(keys))"
        }
        return "a mapping"
    }

    private static func recordSchema(
        _ record: Value, _ fields: [Field<Value>], _ constraints: [RecordConstraint]
    ) -> YAMLValue {
        let properties = fields.map { YAMLValue.Field($0.key, $0.schema(record)) }
        var schema: [YAMLValue.Field] = [
            .init("type", "object"), .init("properties", .mapping(properties)),
            .init("additionalProperties", false),
        ]
        let required = fields.filter(\.isRequired).map { YAMLValue.text($0.key) }
        if !required.isEmpty { schema.append(.init("required", .sequence(required))) }
        if !constraints.isEmpty {
            schema.append(.init("allOf", .sequence(constraints.map(\.schema))))
        }
        return .mapping(schema)
    }
}

/// Reads the entries of a mapping into a record.
private struct RecordReading<Record> {
    let fields: [Field<Record>]
    let constraints: [RecordConstraint]

    func read(
        _ node: YAMLNode, into record: Record, _ context: inout ReadingContext
    ) -> Record {
        guard let entries = node.entries else {
            context.reject(node, expected: "a mapping (key: value)")
            return record
        }
        var result = record
        for entry in entries {
            guard let field = fields.first(where: { $0.key == entry.key }) else {
                reportUnknown(entry, &context)
                continue
            }
            context.within(key: entry.key) { field.read(entry.value, &result, &$0) }
        }
        for field in fields where field.isRequired && node[field.key] == nil {
            context.report(
                node.position, "\(field.key) is missing in \(context.name)",
                "add \(field.key): \(field.expected)")
        }
        for constraint in constraints {
            constraint.check(node, &context)
        }
        return result
    }

    private func reportUnknown(_ entry: YAMLEntry, _ context: inout ReadingContext) {
        let keys = fields.map(\.key)
        let nearest = context.isFull ? nil : Suggestion.nearest(to: entry.key, among: keys)
        let advice =
            nearest.map { "did you mean \($0)?" }
            ?? "leave it out; the keys are \(keys.joined(separator: ", "))"
        context.within(key: entry.key) {
            $0.report(
                entry.position, "unknown key \(entry.key.prefix(60)) in \($0.parentName)", advice)
        }
    }
}
