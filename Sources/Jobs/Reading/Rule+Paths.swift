internal import YAML

extension Rule where Value == String {
    /// The path of a file with one of these extensions; none allows every name.
    package static func path(_ expected: String, extensions: [String] = []) -> Rule {
        text(expected).refusing { path, context in
            if let refusal = context.policy.refusal(of: path) { return refusal }
            if path.hasSuffix("/") {
                return ("is a folder, \(path)", "write \(expected)")
            }
            let name = path.lowercased()
            guard !extensions.isEmpty, !extensions.contains(where: { name.hasSuffix(".\($0)") })
            else { return nil }
            let dotted = extensions.map { ".\($0)" }
            return (
                "is \(path), which does not end in \(Suggestion.listed(dotted))",
                "write \(expected)"
            )
        }
    }

    /// The path of an NPY file.
    package static var arrayPath: Rule {
        path("the path of an NPY file", extensions: ["npy"])
    }

    /// The extensions of the pictures that are read.
    package static var pictureExtensions: [String] { ["png", "jpg", "jpeg", "npy"] }

    /// The path of a picture.
    package static var picturePath: Rule {
        path("the path of a picture (.png, .jpg, .jpeg or .npy)", extensions: pictureExtensions)
    }

    /// The folder of a model.
    package static var modelFolder: Rule { path("the folder of a model") }

    /// The path of an IDX file, which is recognised by its content.
    package static var datasetPath: Rule { path("the path of an IDX file") }
}

extension Rule where Value == ModelReference {
    /// The name of an installed model or the path of a model's folder.
    package static var model: Rule {
        Rule<String>.text("the name of a model in Models/, or the path of its folder")
            .refusing { text, context in
                if text.contains("/") { return context.policy.refusal(of: text) }
                guard !ModelReference.isName(text) else { return nil }
                return (
                    "is \(text), which is no name of a model",
                    "write letters, digits, dots, hyphens and underscores, or a path with a slash"
                )
            }
            .mapped(to: ModelReference.init, from: \.text)
    }
}
