/// Decoded samples that may have an alpha channel, on the way to a picture without one.
struct AlphaBlending {
    let width: Int
    let height: Int
    /// Even when the last channel is alpha.
    let channels: Int
    let depth: SampleDepth

    /// The picture laid over white: alpha · value + (1 − alpha) · white, rounded.
    func overWhite(_ bytes: [UInt8]) -> Picture {
        guard channels.isMultiple(of: 2) else {
            return Picture(
                bytes: bytes, width: width, height: height, channels: channels, depth: depth)
        }
        switch depth {
        case .eight:
            return blended(bytes)
        case .sixteen:
            return blended(bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt16.self)) })
        }
    }

    private func blended<Value: Sample>(_ samples: [Value]) -> Picture {
        let colors = channels - 1
        let white = UInt32(Value.max)
        var result = [Value](repeating: .max, count: width * height * colors)
        samples.withUnsafeBufferPointer { source in
            for pixel in 0..<width * height {
                let alpha = UInt32(source[pixel * channels + colors])
                for color in 0..<colors {
                    let value = UInt32(source[pixel * channels + color])
                    let sum = value * alpha + white * (white - alpha)
                    result[pixel * colors + color] = Value((sum + white / 2) / white)
                }
            }
        }
        return Picture(result, width: width, height: height, channels: colors)
    }
}
