/// What a report says about the prior.
package struct ModelFacts: Equatable, Sendable {
    package let name: String
    /// The SHA-256 of the weights in hexadecimal digits.
    package let sha256: String
    /// On the model's validation data.
    package let bitsPerDim: Double?
    /// A line on the architecture, such as `RealNVP, 2.1 million parameters`.
    package let summary: String?
    /// The text of the model card, Markdown.
    package let card: String?

    package init(
        name: String, sha256: String, bitsPerDim: Double?, summary: String? = nil,
        card: String? = nil
    ) {
        self.name = name
        self.sha256 = sha256
        self.bitsPerDim = bitsPerDim
        self.summary = summary
        self.card = card
    }
}
