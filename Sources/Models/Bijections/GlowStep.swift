package import Tensors

/// One step of Glow: actnorm, channel mixing, affine coupling.
///
/// The second half of the channels steers and the first half moves.
///
/// Kingma, Dhariwal 2018, table 1. <https://arxiv.org/abs/1807.03039>
package struct GlowStep: Bijection {
    let norm: ActNorm
    let mixing: ChannelMixing
    let coupling: AffineCoupling

    /// A step over `channels`, with a network of `hidden` channels, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(
        channels: Int, hidden: Int, scaleMap: ScaleMap, in scope: ParameterScope
    ) throws(TorchError) {
        norm = try ActNorm(channels: channels, in: scope / "actnorm")
        mixing = try ChannelMixing(channels: channels, in: scope / "mixing")
        let network = try GlowNetwork(
            inputs: channels / 2, outputs: channels, hidden: hidden,
            in: scope / "coupling" / "network")
        coupling = AffineCoupling(.firstChannels, scaleMap, network)
    }

    private var chain: Chain { Chain([norm, mixing, coupling]) }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped { try chain.encode(x) }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped { try chain.decode(z) }

    package func start(on x: Tensor) throws(TorchError) -> Mapped { try chain.start(on: x) }

    package func frozen() throws(TorchError) -> any Bijection {
        Chain([try ChannelAffine(norm, mixing), try coupling.frozen()])
    }
}
