/// What pictures of noise show where there is none, which is what they are counted from.
package enum NoiseZero: String, Codable, Sendable {
    /// Noise is added light.
    case black
    /// Noise darkens and brightens; mid-gray is byte 128.
    case gray
    /// Noise is taken from the light of white paper.
    case white

    /// The byte of a picture.
    private var byte: Double {
        switch self {
        case .black: 0
        case .gray: 128
        case .white: 255
        }
    }

    /// The value in pictures as they are, in [0, 1].
    package var value: Double { byte / 255 }

    /// The value in pictures as a model of so many bits knows them: the middle of the step into
    /// which dequantisation noise spreads the byte.
    package func modelValue(bits: Int) -> Double {
        let levels = Double(1 << bits)
        return (min((value * levels).rounded(.down), levels - 1) + 0.5) / levels
    }
}
