import Models
import Tensors

/// Latents z of a flow, with the density that they have where pictures have p(x)^β.
///
///     log p(G(z))^β + log |det ∂G/∂z| = β log N(z; 0, I) + (1 − β) log |det ∂G/∂z|
///
/// Maximum a posteriori asks for the most likely picture, so `LatentSpace` leaves the last term out;
/// samples must not.
struct LatentPosterior: SearchSpace {
    let latents: LatentSpace
    let beta: Double

    init(prior: Flow, beta: Double) {
        latents = LatentSpace(prior: prior)
        self.beta = beta
    }

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        let point = try jitter.map { (jitter) throws(TorchError) in try point + jitter } ?? point
        let mapped = try latents.prior.decode(point)
        let gaussian = try Flow.logNormal(point) * beta
        guard beta != 1 else { return (mapped.value, gaussian) }
        return (mapped.value, try gaussian + mapped.logDeterminant * (1 - beta))
    }

    func point(of picture: Tensor) throws(TorchError) -> Tensor {
        try latents.point(of: picture)
    }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace { self }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor {
        try latents.refuge(like: point)
    }
}
