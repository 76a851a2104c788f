package import YAML

/// A JSON Schema (draft-07) for editors, made from the same rules that read files.
package enum SchemaDocument {
    /// The schema of job files.
    package static var job: YAMLValue {
        document(JobSpec.rule.schema, title: "Sluice job")
    }

    /// The schema of training recipes.
    package static var recipe: YAMLValue {
        document(RecipeSpec.rule.schema, title: "Sluice training recipe")
    }

    /// The schema of experiments.
    package static var experiment: YAMLValue {
        document(ExperimentSpec.rule.schema, title: "Sluice experiment")
    }

    /// The schema of the daemon's configuration.
    package static var configuration: YAMLValue {
        document(ConfigurationSpec.rule.schema, title: "Sluice daemon configuration")
    }

    /// A rule's schema with the fields of a whole document.
    package static func document(_ schema: YAMLValue, title: String) -> YAMLValue {
        guard case .mapping(let fields) = schema else { return schema }
        let head: [YAMLValue.Field] = [
            .init("$schema", "http://json-schema.org/draft-07/schema#"),
            .init("title", .text(title)),
        ]
        return .mapping(head + fields)
    }
}
