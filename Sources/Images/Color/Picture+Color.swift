extension Picture {
    /// The picture in another colour model; RGB made from gray has three equal channels.
    ///
    /// Gray made from RGB is the luma of ITU-R 601 in the fixed-point form of Pillow's mode L:
    /// (19595 R + 38470 G + 7471 B + 32768) / 65536.
    package func converted(to color: ColorModel) -> Picture {
        guard color != self.color else { return self }
        return switch depth {
        case .eight: converted(samples(as: UInt8.self), to: color)
        case .sixteen: converted(samples(as: UInt16.self), to: color)
        }
    }

    private func converted<Value: Sample>(_ samples: [Value], to color: ColorModel) -> Picture {
        let converted =
            switch color {
            case .gray: Self.luma(samples)
            case .rgb: Self.tripled(samples)
            }
        return Picture(converted, width: width, height: height, channels: color.channels)
    }

    private static func luma<Value: Sample>(_ samples: [Value]) -> [Value] {
        (0..<samples.count / 3).map { pixel in
            let red = 19595 * UInt32(samples[3 * pixel])
            let green = 38470 * UInt32(samples[3 * pixel + 1])
            let blue = 7471 * UInt32(samples[3 * pixel + 2])
            return Value((red + green + blue + 32768) >> 16)
        }
    }

    private static func tripled<Value: Sample>(_ samples: [Value]) -> [Value] {
        [Value](unsafeUninitializedCapacity: 3 * samples.count) { result, initialized in
            for (pixel, sample) in samples.enumerated() {
                result[3 * pixel] = sample
                result[3 * pixel + 1] = sample
                result[3 * pixel + 2] = sample
            }
            initialized = 3 * samples.count
        }
    }
}
