extension Picture {
    /// The same picture with samples of another depth: 8 to 16 bits exactly, 16 to 8 rounded.
    package func converted(to depth: SampleDepth) -> Picture {
        guard depth != self.depth else { return self }
        switch depth {
        case .eight:
            let rounded = samples(as: UInt16.self).map { UInt8((UInt32($0) + 128) / 257) }
            return Picture(rounded, width: width, height: height, channels: channels)
        case .sixteen:
            let widened = samples(as: UInt8.self).map { 257 * UInt16($0) }
            return Picture(widened, width: width, height: height, channels: channels)
        }
    }

    /// The picture with the highest `bits` bits of every sample kept and the rest zero.
    ///
    /// On the [0, 1] scale that is floor(x · 2ᵇ) / 2ᵇ with the top value clamped, where a sample
    /// stands for its value divided by 2 to the power of its depth. As with `floats(bits:)`,
    /// 8 bits leave the picture as it is.
    ///
    /// - Throws: `ImageError` when `bits` is not 1...8.
    package func quantized(bits: Int) throws(ImageError) -> Picture {
        try Self.check(bits: bits)
        guard bits < 8 else { return self }
        switch depth {
        case .eight:
            let mask = ~UInt8(0) << (8 - bits)
            let masked = samples(as: UInt8.self).map { $0 & mask }
            return Picture(masked, width: width, height: height, channels: channels)
        case .sixteen:
            let mask = ~UInt16(0) << (16 - bits)
            let masked = samples(as: UInt16.self).map { $0 & mask }
            return Picture(masked, width: width, height: height, channels: channels)
        }
    }

    static func check(bits: Int) throws(ImageError) {
        guard (1...8).contains(bits) else {
            throw ImageError(.impossibleSetting("bits are 1...8, not \(bits)"), in: "bit depth")
        }
    }
}
