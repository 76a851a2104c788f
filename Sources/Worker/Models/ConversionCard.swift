import Models

/// The card of a model that another program trained.
struct ConversionCard {
    private let description: ModelDescription
    private let outcome: ConversionOutcome

    init(_ description: ModelDescription, _ outcome: ConversionOutcome) {
        self.description = description
        self.outcome = outcome
    }

    /// The card in Markdown.
    var text: String {
        let origin = description.origin
        let shape = description.imageShape
        let rows = [
            ("architecture", outcome.architecture), ("parameters", "\(outcome.parameters)"),
            ("pictures", PictureWords.size(shape)), ("depth", "\(description.bits) bits"),
            ("converted from", "`\(origin?.file ?? "")` (\(origin?.format ?? ""))"),
            ("SHA-256 of that file", "`\(origin?.sha256 ?? "")`"),
        ]
        .map { "| \($0.0) | \($0.1) |" }.joined(separator: "\n")
        let findings = (outcome.notes + outcome.report).map { "* \($0)" }.joined(separator: "\n")
        return """
            # \(description.name)

            Weights that another program trained. What they were trained on, under which terms and
            how well, only those who did it know: write it here.

            | | |
            |---|---|
            \(rows)

            ## The conversion

            \(findings)

            """
    }
}
