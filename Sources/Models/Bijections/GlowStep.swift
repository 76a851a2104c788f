package import Tensors

/// One step of Glow: actnorm, channel mixing, coupling.
///
/// Kingma, Dhariwal 2018, table 1. <https://arxiv.org/abs/1807.03039>
package struct GlowStep: Bijection {
    let norm: ActNorm
    let mixing: any ChannelMatrix
    let coupling: any Bijection

    /// A step over `channels`, with a network of `hidden` channels, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(
        channels: Int, hidden: Int, _ form: Form, in scope: ParameterScope
    ) throws(TorchError) {
        norm = try ActNorm(channels: channels, form.norm, in: scope / "actnorm")
        switch form.mixing {
        case .plain: mixing = try ChannelMixing(channels: channels, in: scope / "mixing")
        case .lu: mixing = try TriangularMixing(channels: channels, in: scope / "mixing")
        }
        let network = try GlowNetwork(
            inputs: channels / 2, outputs: form.scale == nil ? channels / 2 : channels,
            hidden: hidden, form.network, in: scope / "coupling" / "network")
        if let scale = form.scale {
            coupling = AffineCoupling(
                form.moving.mask, scale, network, .init(order: form.order))
        } else {
            coupling = AdditiveCoupling(moving: form.moving, network)
        }
    }

    var chain: Chain { Chain([norm, mixing, coupling]) }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped { try chain.encode(x) }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped { try chain.decode(z) }

    package func start(on x: Tensor) throws(TorchError) -> Mapped { try chain.start(on: x) }

    package func frozen() throws(TorchError) -> any Bijection {
        Chain([try ChannelAffine(norm, mixing), try coupling.frozen()])
    }
}
