package import Arrays

extension Picture {
    /// The picture on the [0, 1] scale, float32 `[channel, height, width]`: every sample divided
    /// by the largest of its depth.
    package func floats() -> HostArray {
        let scale = Float(depth.maximum)
        return planes { Float($0) / scale }
    }

    /// The picture on the [0, 1] scale at a lower bit depth, float32 `[channel, height, width]`:
    /// floor(x · 2ᵇ) / 2ᵇ with the top value clamped.
    ///
    /// 8 bits leave the picture as it is, so that they are `floats()`.
    ///
    /// - Throws: `ImageError` when `bits` is not 1...8.
    package func floats(bits: Int) throws(ImageError) -> HostArray {
        try Self.check(bits: bits)
        guard bits < 8 else { return floats() }
        // For a sample v of d bits, floor(v / (2ᵈ − 1) · 2ᵇ), clamped, is v shifted right by d − b.
        let shift = depth.rawValue - bits
        let scale = Float(1 << bits)
        return planes { Float($0 >> shift) / scale }
    }

    /// A picture of floats on the [0, 1] scale, `[channel, height, width]` float32 or float64;
    /// values are clipped and rounded to 8 bits.
    ///
    /// - Throws: `ImageError` when the array is no picture or holds something that is not a
    ///   number.
    package init(floats: HostArray, name: String = "picture") throws(ImageError) {
        let planes = try Planes(floats, name: name)
        let size = planes.width * planes.height
        var samples = [UInt8](repeating: 0, count: planes.values.count)
        for channel in 0..<planes.channels {
            for pixel in 0..<size {
                let value = planes.values[channel * size + pixel]
                guard !value.isNaN else { throw ImageError(.notANumber, in: name) }
                let level = (min(max(value, 0), 1) * 255).rounded()
                samples[pixel * planes.channels + channel] = UInt8(level)
            }
        }
        self.init(
            samples, width: planes.width, height: planes.height, channels: planes.channels)
    }

    private func planes(_ value: (Int) -> Float) -> HostArray {
        switch depth {
        case .eight:
            let table = (0...depth.maximum).map(value)
            return planes(samples(as: UInt8.self)) { table[Int($0)] }
        case .sixteen:
            return planes(samples(as: UInt16.self)) { value(Int($0)) }
        }
    }

    private func planes<Value: Sample>(
        _ samples: [Value], _ value: (Value) -> Float
    ) -> HostArray {
        let size = width * height
        let floats = [Float](unsafeUninitializedCapacity: samples.count) { result, initialized in
            for channel in 0..<channels {
                for pixel in 0..<size {
                    let sample = samples[pixel &* channels &+ channel]
                    result[channel &* size &+ pixel] = value(sample)
                }
            }
            initialized = samples.count
        }
        return HostArray(floats, shape: [channels, height, width])
    }
}
