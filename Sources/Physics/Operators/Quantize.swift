import Glibc
package import Tensors

/// Rounded down to so many bits: f(x) = floor(x · 2ᵇ) / 2ᵇ, held within 0 … 1 − 2⁻ᵇ.
///
/// Its gradient is zero almost everywhere; that of f(x) = x stands in for it ("straight through"),
/// outside [0, 1] too, so that pictures find back.
package struct Quantize: ForwardOperator {
    package let bits: Int

    /// An operator that keeps `bits` bits.
    ///
    /// - Throws: `PhysicsError` when that is not 1 to 8.
    package init(bits: Int) throws(PhysicsError) {
        guard (1...8).contains(bits) else {
            throw PhysicsError(
                .setting("bits", value: Double(bits), expected: "1 to 8"), in: "quantize")
        }
        self.bits = bits
    }

    package var keepsPlaces: Bool { true }

    /// 2ᵇ.
    private var levels: Double { Double(1 << bits) }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] { inputShape }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        let values = try x.detached()
        let rounded = try (values * levels).floor().clamped(0, levels - 1) / levels
        return try rounded + (x - values)
    }

    /// The measurement itself, which is what a viewer would show.
    package func shown(by y: Tensor) throws(TorchError) -> Tensor? { y }
}
