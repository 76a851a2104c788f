import Arrays

/// What is told of the noise of one picture, as of the picture itself.
package struct NoiseFacts: Equatable, Sendable {
    /// Of the measurement given the restored picture, or of the noise where that was looked for, under
    /// the noise model, in nats.
    package let logLikelihood: Double?
    /// Of the noise under its model; nil where it has none.
    package let bitsPerDim: Double?
    /// The root mean square of what neither picture nor noise explains; nil where the noise is all
    /// that the picture leaves.
    package let remainder: Double?

    package init(
        logLikelihood: Double? = nil, bitsPerDim: Double? = nil, remainder: Double? = nil
    ) {
        self.logLikelihood = logLikelihood
        self.bitsPerDim = bitsPerDim
        self.remainder = remainder
    }

    /// In words, each by itself.
    var texts: [String] {
        var texts: [String] = []
        if let logLikelihood { texts.append("log p \(logLikelihood.significant(5)) nats") }
        if let bitsPerDim { texts.append("\(bitsPerDim.fixed(2)) bits/dim") }
        if let remainder { texts.append("\(remainder.significant(2)) a pixel left over") }
        return texts
    }
}
