package import Models
package import Tensors

/// Finds the latents of pictures.
package struct PictureEncoding {
    /// So many pictures at a time.
    static let batch = 16

    private let flow: Flow
    private let device: Device
    private let scale: PixelScale

    /// Pictures in `scale`, with the flow in `folder`.
    ///
    /// - Throws: `ModelCommandError` when the model is no flow, `ModelError`, `ParameterError` or
    ///   `TorchError`.
    package init(_ folder: ModelFolder, on device: Device, scale: PixelScale) throws {
        guard let flow = try folder.loaded(on: device).flow else {
            throw ModelCommandError(.noDensity, in: folder.path)
        }
        self.flow = flow
        self.device = device
        self.scale = scale
    }

    /// The latents of the pictures in the files at `paths`; `progress` is told how many are done.
    ///
    /// - Throws: `ModelCommandError`, `ArrayError`, `ImageError`, `TorchError`, and what
    ///   `progress` throws.
    package func encoded(
        _ paths: [String], progress: (_ done: Int, _ count: Int) throws -> Void = { _, _ in }
    ) throws -> EncodedPictures {
        let stack = try PictureStack(paths, imageShape: flow.imageShape, scale: scale)
        try check(stack)
        let count = stack.names.count
        var parts: [EncodedPictures] = []
        for start in stride(from: 0, to: count, by: Self.batch) {
            let range = start..<min(start + Self.batch, count)
            let pictures = try stack.pictures.slice(range, along: 0).moved(to: device)
            parts.append(try encoded(pictures, names: Array(stack.names[range])))
            try progress(range.upperBound, count)
        }
        return try EncodedPictures(joining: parts)
    }

    private func encoded(_ pictures: Tensor, names: [String]) throws -> EncodedPictures {
        try withoutGradient {
            let mapped = try (scale == .own ? flow.inOwnScale : flow).encode(pictures)
            // A sum of thousands of squares is better off in double precision.
            let density = try Flow.logNormal(mapped.value.converted(to: .float64))
            let volume = try mapped.logDeterminant.converted(to: .float64)
            let likelihood = try density + volume
            for (name, value) in zip(names, try likelihood.doubles()) where !value.isFinite {
                throw ModelCommandError(.notFinite(1), in: "latents of \(name)")
            }
            return EncodedPictures(
                names: names, latents: try flow.split(mapped.value).map { try $0.hostArray() },
                logDeterminant: try volume.doubles(), logLikelihood: try likelihood.doubles())
        }
    }

    /// Checks that the model has a density at every value.
    private func check(_ stack: PictureStack) throws {
        guard scale == .unit, case .logit(let margin) = flow.support else { return }
        let reach = margin / (1 - 2 * margin)
        let shape = stack.pictures.shape
        let rows = try stack.pictures.reshaped(to: [shape[0], -1])
        let smallest = try rows.smallest(over: [1]).doubles()
        let largest = try rows.largest(over: [1]).doubles()
        for (index, name) in stack.names.enumerated() {
            for value in [smallest[index], largest[index]]
            where !(value > -reach && value < 1 + reach) {
                throw ModelCommandError(
                    .outside(value, lower: -reach, upper: 1 + reach), in: name)
            }
        }
    }
}
