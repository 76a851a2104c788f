/// How noise of a flow is told from the picture when both are looked for.
package struct Separation: Sendable, Equatable {
    /// What is varied to find the noise.
    package enum Variables: Sendable, Equatable {
        /// What neither picture nor noise explains; the noise is the rest.
        case remainder
        /// The latents of the noise's model.
        case latents
    }

    /// βₙ, the weight of the noise's model.
    package let weight: Double
    /// σ, how much of a measurement may be left over, as a standard deviation.
    package let slack: Double
    package let variables: Variables

    package init(weight: Double, slack: Double, variables: Variables) {
        self.weight = weight
        self.slack = slack
        self.variables = variables
    }
}
