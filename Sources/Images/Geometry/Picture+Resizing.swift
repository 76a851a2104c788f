extension Picture {
    /// The most pixels that a picture is enlarged to.
    private static let mostPixels = 64_000_000

    /// The picture in another size, antialiased, within one level of Pillow's `resize`.
    ///
    /// - Throws: `ImageError` when a size is not positive or the result would be too large.
    package func resized(
        width newWidth: Int, height newHeight: Int, filter: ResizeFilter
    ) throws(ImageError) -> Picture {
        guard newWidth > 0, newHeight > 0 else {
            let what = "the new size is \(newWidth)x\(newHeight) pixels; it must be positive"
            throw ImageError(.impossibleSetting(what), in: "resize")
        }
        let limit = Self.mostPixels
        for (first, second) in [(newWidth, newHeight), (newWidth, height)] {
            let (pixels, overflow) = first.multipliedReportingOverflow(by: second)
            guard !overflow, pixels <= max(limit, width * height) else {
                throw ImageError(
                    .tooLarge(width: newWidth, height: newHeight, maximumPixels: limit),
                    in: "resize")
            }
        }
        return switch depth {
        case .eight: resized(samples(as: UInt8.self), newWidth, newHeight, filter)
        case .sixteen: resized(samples(as: UInt16.self), newWidth, newHeight, filter)
        }
    }

    private func resized<Value: ResampledSample>(
        _ samples: [Value], _ newWidth: Int, _ newHeight: Int, _ filter: ResizeFilter
    ) -> Picture {
        var samples = samples
        if newWidth != width {
            let plan = ResamplingWeights(from: width, to: newWidth, filter: filter)
            samples = Resampler(plan).resizingRows(samples, rows: height, channels: channels)
        }
        if newHeight != height {
            let plan = ResamplingWeights(from: height, to: newHeight, filter: filter)
            samples = Resampler(plan).resizingColumns(samples, width: newWidth * channels)
        }
        return Picture(samples, width: newWidth, height: newHeight, channels: channels)
    }
}
