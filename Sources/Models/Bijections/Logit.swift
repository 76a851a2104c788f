import Glibc
package import Tensors

/// The logit of pictures that are first drawn into (α, 1 − α).
///
///     p = α + (1 − 2α) x;  z = log p − log(1 − p);  log |det| = Σ log(1 − 2α) − log p − log(1 − p)
///
/// Defined for x in (−α/(1 − 2α), 1 + α/(1 − 2α)).
///
/// Dinh, Sohl-Dickstein, Bengio 2017, section 4.1. <https://arxiv.org/abs/1605.08803>
package struct Logit: Bijection {
    let margin: Double

    /// log(1 − 2α).
    private let logWidth: Double

    package init(margin: Double) {
        self.margin = margin
        logWidth = log(1 - 2 * margin)
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        let p = try x * (1 - 2 * margin) + margin
        let logarithm = try p.log()
        let complement = try (1 - p).log()
        let volume = try (logWidth - (logarithm + complement)).sumPerSample()
        return Mapped(try logarithm - complement, logDeterminant: volume)
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let x = try (z.sigmoid() - margin) / (1 - 2 * margin)
        let volume = try (z.logSigmoid() + (-z).logSigmoid() - logWidth)
            .sumPerSample()
        return Mapped(x, logDeterminant: volume)
    }
}
