package import Models
package import Tensors

/// Maximum a posteriori: the picture that makes measurement and prior together most likely.
///
///     latent space:  L(z) = −log p(y | f(G(z))) − β (log N(z; 0, I) − log |det ∂G/∂z|)
///     image space:   L(x) = −log p(y | f(x)) − β log p(x)
///
/// Both are the same function of the picture G(z) = x; what differs is the way down.
///
/// Whang, Lei, Dimakis 2021, eq. 4 and 10. <https://arxiv.org/abs/2003.08089>
package struct MAP: Solver {
    let prior: Flow
    package let settings: Settings
    let streams: RandomStreams

    /// A solver with the prior `prior`, which is frozen, and random starts from `streams`.
    ///
    /// - Throws: `TorchError` when the prior is singular.
    package init(
        prior: Flow, settings: Settings = .init(), streams: RandomStreams
    ) throws(TorchError) {
        self.prior = try prior.frozenFlow()
        self.settings = settings
        self.streams = streams
    }
}
