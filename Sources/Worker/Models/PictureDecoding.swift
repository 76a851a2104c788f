package import Arrays
package import Models
package import Tensors

/// Makes pictures of latents.
package struct PictureDecoding {
    private let model: any LoadedModel
    private let device: Device
    private let scale: PixelScale

    /// Pictures in `scale`, with the model in `folder`.
    ///
    /// - Throws: `ModelError`, `ParameterError` or `TorchError`.
    package init(_ folder: ModelFolder, on device: Device, scale: PixelScale) throws {
        model = try folder.loaded(on: device)
        self.device = device
        self.scale = scale
    }

    /// The pictures, `[batch, channel, height, width]`, of the latents in the archive at `path`.
    ///
    /// - Throws: `ModelCommandError` with everything that is wrong with the archive,
    ///   `ArrayError`, `TorchError`, and what `progress` throws.
    package func decoded(
        _ path: String, progress: (_ done: Int, _ count: Int) throws -> Void = { _, _ in }
    ) throws -> HostArray {
        let latents = try LatentFile(reading: path, shapes: model.latentShapes).latents
        let count = latents.shape[0]
        var parts: [Tensor] = []
        for start in stride(from: 0, to: count, by: PictureEncoding.batch) {
            let range = start..<min(start + PictureEncoding.batch, count)
            let z = try latents.slice(range, along: 0).moved(to: device)
            let x = try withoutGradient { try model.decode(z, to: scale).moved(to: .cpu) }
            let bad = try x.hostArray().nonFiniteCount
            guard bad == 0 else {
                throw ModelCommandError(.notFinite(bad), in: "pictures decoded from \(path)")
            }
            parts.append(x)
            try progress(range.upperBound, count)
        }
        return try Tensor.concatenated(parts, along: 0).hostArray()
    }
}
