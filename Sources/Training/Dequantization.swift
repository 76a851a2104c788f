package import Tensors

/// Turns bytes into real numbers in [0, 1) by adding the noise that their steps left out.
///
///     x = floor(byte / 255 · 2^b) / 2^b + U(0, 2^−b), the top value clamped to bin 2^b − 1
package struct Dequantization: Sendable {
    package let bits: Int

    package init(bits: Int) {
        self.bits = bits
    }

    /// Bytes as floats, `[batch, …]`, plus fresh noise.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func dequantized(
        _ bytes: Tensor, noise: inout Generator
    ) throws(TorchError) -> Tensor {
        let levels = Double(1 << bits)
        let bins = try (bytes * (levels / 255)).floor().clamped(0, levels - 1)
        let values = try (bins + noise.uniform(bytes.shape, on: bytes.device())) / levels
        // The sum may be rounded up to the number of levels.
        return try values.clamped(0, 1 - 0x1p-24)
    }
}
