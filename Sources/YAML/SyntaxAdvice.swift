/// Turns what libyaml says into what a user understands.
enum SyntaxAdvice {
    /// What is wrong, and what to do, for libyaml's `problem` at the character `byte`.
    static func advice(on problem: String, at byte: UInt8?) -> (problem: String, remedy: String) {
        if problem.contains("cannot start any token") || problem.contains("tab") {
            if byte == UInt8(ascii: "\t") {
                return ("a tab stands where a value begins", "indent with spaces")
            }
            let character = byte.map { "the character \(Character(Unicode.Scalar($0)))" }
            return (
                "\(character ?? "this character") cannot begin a value", "put the text in quotes"
            )
        }
        let remedy =
            remedies.first { problem.contains($0.key) }?.remedy
            ?? "check the indentation, brackets and quotes here and just before"
        return (problem, remedy)
    }

    private static let remedies: [(key: String, remedy: String)] = [
        (
            "mapping values are not allowed",
            "indent the key like its neighbours, or put a text with a colon in quotes"
        ),
        ("expected ',' or ']'", "close the list with ]"),
        ("expected ',' or '}'", "close the mapping with }"),
        ("could not find expected ':'", "write key: value"),
        ("unexpected end of stream", "close the quotes"),
        ("unknown escape", "write \\\\ for a backslash, or use single quotes"),
        ("did not find expected key", "indent the keys of one mapping alike"),
    ]
}
