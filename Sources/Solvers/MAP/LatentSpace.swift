import Models
import Tensors

/// Latents z of a flow, x = G(z).
///
///     log p(G(z)) = log N(z; 0, I) − log |det ∂G/∂z|
struct LatentSpace: SearchSpace {
    /// Latents beyond are far out in every direction; pictures with noise encode to such, and the
    /// way back is then not finite.
    static let reach = 3.0

    let prior: Flow

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        guard let jitter else { return try located(point) }
        return try located(point + jitter)
    }

    private func located(
        _ point: Tensor
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        let mapped = try prior.decode(point)
        return (mapped.value, try Flow.logNormal(point) - mapped.logDeterminant)
    }

    func energies(at point: Tensor) throws(TorchError) -> [Double]? {
        // A sum of thousands of squares is better off in double precision.
        try point.converted(to: .float64).square().sumPerSample().doubles()
            .map { $0 / Double(prior.dimensions) }
    }

    func point(of picture: Tensor) throws(TorchError) -> Tensor {
        try Self.withinReach(prior.encode(picture.clamped(0, 1)).value)
    }

    /// Latents drawn back to where the way to pictures is finite.
    ///
    /// - Throws: `TorchError` when memory is short.
    static func withinReach(_ z: Tensor) throws(TorchError) -> Tensor {
        try z.chosen(where: z.isFinite(), else: z.filled(with: 0)).clamped(-reach, reach)
    }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace { self }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor { try point.filled(with: 0) }
}
