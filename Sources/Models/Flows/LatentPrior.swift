import Tensors

/// The normal distribution of what leaves a flow, with a mean and a scale that are learned.
///
///     ε = (z − mean) · exp(−s);  log |det ∂ε/∂z| = −Σ s
///
/// Standardising makes every latent N(0, I).
package struct LatentPrior: Sendable {
    /// Predicts log-scales u, then means, from what stays.
    let network: any Conditioner
    /// From u to exp(s).
    let scaleMap: ScaleMap

    package init(_ network: any Conditioner, _ scaleMap: ScaleMap) {
        self.network = network
        self.scaleMap = scaleMap
    }

    /// What leaves, standardised by the network's output for what stays.
    func standardized(_ z: Tensor, _ output: Tensor) throws(TorchError) -> Mapped {
        let (mean, logScale) = try moments(output.converted(to: z.dataType()))
        let latent = try (z - mean) * (-logScale).exp()
        return Mapped(latent, logDeterminant: try -logScale.sumPerSample())
    }

    /// The opposite of `standardized`.
    func restored(_ latent: Tensor, _ output: Tensor) throws(TorchError) -> Mapped {
        let (mean, logScale) = try moments(output.converted(to: latent.dataType()))
        return Mapped(
            try latent * logScale.exp() + mean, logDeterminant: try logScale.sumPerSample())
    }

    func frozen() throws(TorchError) -> LatentPrior {
        LatentPrior(try network.frozen(), try scaleMap.frozen())
    }

    private func moments(
        _ output: Tensor
    ) throws(TorchError) -> (mean: Tensor, logScale: Tensor) {
        let channels = output.shape[1]
        let logScale = try scaleMap.logScale(output.slice(0..<channels / 2, along: 1))
        return (try output.slice(channels / 2..<channels, along: 1), logScale)
    }
}
