package import Tensors

/// An additive coupling: half of the channels moves by what the other half says.
///
///     (held, moved) = split(x);  z = merge(held, moved + network(held));  log |det| = 0
///
/// Dinh, Krueger, Bengio 2015, section 3.2. <https://arxiv.org/abs/1410.8516>
package struct AdditiveCoupling: Bijection {
    let half: ChannelHalf
    let conditioner: any Conditioner

    package init(moving half: ChannelHalf, _ conditioner: any Conditioner) {
        self.half = half
        self.conditioner = conditioner
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        let (held, moved) = try mask.split(x)
        return try mapped(held, moved + conditioner.output(for: held).converted(to: x.dataType()))
    }

    package func start(on x: Tensor) throws(TorchError) -> Mapped {
        let (held, moved) = try mask.split(x)
        return try mapped(held, moved + conditioner.start(on: held))
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let (held, moved) = try mask.split(z)
        return try mapped(held, moved - conditioner.output(for: held))
    }

    package func frozen() throws(TorchError) -> any Bijection {
        AdditiveCoupling(moving: half, try conditioner.frozen())
    }

    private var mask: CouplingMask { half.mask }

    private func mapped(_ held: Tensor, _ moved: Tensor) throws(TorchError) -> Mapped {
        Mapped(
            try mask.merge(held: held, moved: moved), logDeterminant: try held.zeroPerSample())
    }
}
