package import Tensors

/// The identity, which on the way back to data cuts off what is beyond ±limit.
///
/// Scales of other programs may vanish, and a latent that no training saw then grows with every
/// step, until infinities meet and give NaN. Far below that, and far above any value of a picture
/// or of a layer, this makes it large but finite.
package struct Confinement: Bijection {
    let limit: Double

    package init(limit: Double = 1e6) {
        self.limit = limit
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        Mapped(x, logDeterminant: try x.zeroPerSample())
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        Mapped(try z.clamped(-limit, limit), logDeterminant: try z.zeroPerSample())
    }
}
