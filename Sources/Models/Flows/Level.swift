import Tensors

/// One scale of a multiscale flow: bijections, and what of their result becomes latent.
package struct Level: Sendable {
    /// What leaves the flow after the bijections of a level.
    package enum Exit: Sendable {
        /// Everything: the last level.
        case all
        /// The second half of the channels, with the distribution N(0, I).
        case half
        /// The second half, standardised by a mean and a scale that the first half predicts.
        case halfGiven(any Conditioner)
    }

    let bijection: any Bijection
    let exit: Exit

    package init(_ parts: [any Bijection], exit: Exit) {
        bijection = Chain(parts)
        self.exit = exit
    }

    private init(frozen: any Bijection, exit: Exit) {
        bijection = frozen
        self.exit = exit
    }

    func frozen() throws(TorchError) -> Level {
        let exit: Exit =
            switch exit {
            case .all: .all
            case .half: .half
            case .halfGiven(let prior): .halfGiven(try prior.frozen())
            }
        return Level(frozen: try bijection.frozen(), exit: exit)
    }

    /// What stays, what leaves, and the volume change of standardising it.
    func split(
        _ x: Tensor, _ statistics: (any Conditioner) throws(TorchError) -> Tensor
    ) throws(TorchError) -> (kept: Tensor, latent: Mapped) {
        let channels = x.shape[1]
        let kept = try x.slice(0..<channels / 2, along: 1)
        let left = try x.slice(channels / 2..<channels, along: 1)
        guard case .halfGiven(let prior) = exit else {
            return (kept, Mapped(left, logDeterminant: try x.zeroPerSample()))
        }
        let (mean, logScale) = try Self.moments(statistics(prior))
        let latent = try (left - mean) * (-logScale).exp()
        return (kept, Mapped(latent, logDeterminant: try -logScale.sumPerSample()))
    }

    /// The opposite of `split`.
    func merge(kept: Tensor, latent: Tensor) throws(TorchError) -> Mapped {
        guard case .halfGiven(let prior) = exit else {
            return Mapped(
                try .concatenated([kept, latent], along: 1),
                logDeterminant: try kept.zeroPerSample())
        }
        let (mean, logScale) = try Self.moments(prior.output(for: kept))
        let left = try latent * logScale.exp() + mean
        return Mapped(
            try .concatenated([kept, left], along: 1),
            logDeterminant: try logScale.sumPerSample())
    }

    /// Mean and log-scale, the latter bounded so that no latent overflows.
    private static func moments(
        _ output: Tensor
    ) throws(TorchError) -> (mean: Tensor, logScale: Tensor) {
        let channels = output.shape[1]
        let logScale = try ScaleMap.bounded(4).logScale(output.slice(0..<channels / 2, along: 1))
        return (try output.slice(channels / 2..<channels, along: 1), logScale)
    }
}
