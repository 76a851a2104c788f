/// The upper half of a `Float`: its range with eight bits of precision.
package struct BFloat16: Equatable, Sendable {
    package let bitPattern: UInt16

    package init(bitPattern: UInt16) {
        self.bitPattern = bitPattern
    }

    /// The nearest value to `value`; of two equally near, the even one.
    package init(_ value: Double) {
        var single = Float(value)
        // Rounding twice errs when the first step lands on a tie: step back off it, as the
        // exact value does.
        if single.bitPattern & 0xFFFF == 0x8000, Double(single) != value, single.isFinite {
            let isBelow = value.magnitude < Double(single).magnitude
            single = Float(bitPattern: isBelow ? single.bitPattern - 1 : single.bitPattern + 1)
        }
        self.init(single)
    }

    /// The nearest value to `value`; of two equally near, the even one.
    package init(_ value: Float) {
        let bits = value.bitPattern
        guard !value.isNaN else {
            // Rounding could turn the payload into an infinity.
            bitPattern = UInt16(truncatingIfNeeded: bits >> 16) | 0x40
            return
        }
        let odd = bits >> 16 & 1
        bitPattern = UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ odd) >> 16)
    }

    /// The value, exactly.
    package var value: Float { Float(bitPattern: UInt32(bitPattern) << 16) }
}
