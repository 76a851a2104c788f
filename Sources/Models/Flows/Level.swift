import Tensors

/// One scale of a multiscale flow: bijections, and what of their result becomes latent.
package struct Level: Sendable {
    /// What leaves the flow after the bijections of a level.
    package enum Exit: Sendable {
        /// Everything: the last level.
        case all
        /// The second half of the channels.
        case half
    }

    let bijection: any Bijection
    let exit: Exit
    /// The distribution of what leaves; N(0, I) when nil.
    let prior: LatentPrior?

    package init(_ parts: [any Bijection], exit: Exit, prior: LatentPrior? = nil) {
        self.init(Chain(parts), exit, prior)
    }

    private init(_ bijection: any Bijection, _ exit: Exit, _ prior: LatentPrior?) {
        self.bijection = bijection
        self.exit = exit
        self.prior = prior
    }

    func frozen() throws(TorchError) -> Level {
        Level(try bijection.frozen(), exit, try prior?.frozen())
    }

    /// The level whose latents have the distribution that the prior describes.
    func withoutPrior() -> Level { Level(bijection, exit, nil) }

    /// What stays, what leaves, and the volume change of standardising it.
    func split(
        _ x: Tensor, _ statistics: (any Conditioner, Tensor) throws(TorchError) -> Tensor
    ) throws(TorchError) -> (kept: Tensor?, latent: Mapped) {
        var kept: Tensor?
        var left = x
        if exit == .half {
            let channels = x.shape[1]
            kept = try x.slice(0..<channels / 2, along: 1)
            left = try x.slice(channels / 2..<channels, along: 1)
        }
        guard let prior else {
            return (kept, Mapped(left, logDeterminant: try x.zeroPerSample()))
        }
        let output = try statistics(prior.network, Self.seen(kept, insteadOf: left))
        return (kept, try prior.standardized(left, output))
    }

    /// The opposite of `split`.
    func merge(kept: Tensor?, latent: Tensor) throws(TorchError) -> Mapped {
        var left = Mapped(latent, logDeterminant: try latent.zeroPerSample())
        if let prior {
            let output = try prior.network.output(for: Self.seen(kept, insteadOf: latent))
            left = try prior.restored(latent, output)
        }
        guard let kept else { return left }
        return Mapped(
            try .concatenated([kept, left.value], along: 1), logDeterminant: left.logDeterminant)
    }

    /// What a prior is told: what stays, or zeros when everything leaves.
    private static func seen(
        _ kept: Tensor?, insteadOf left: Tensor
    ) throws(TorchError) -> Tensor {
        if let kept { return kept }
        return try left.filled(with: 0)
    }
}
