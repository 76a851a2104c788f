import Arrays
import Images
package import Models
package import Tensors

/// A sheet of pictures that a model makes up.
package struct PictureSheet {
    /// A PNG file; nil when no picture is finite.
    package let png: [UInt8]?
    /// How many pictures are not on the sheet because they have values that are not finite.
    package let skipped: Int

    /// `count` pictures of `imageShape`, each as `draw` makes it, `[1, channel, height, width]`.
    ///
    /// - Throws: `ImageError`, `TorchError`, and what `draw` throws.
    init(_ count: Int, imageShape: [Int], draw: () throws -> Tensor) throws {
        var pictures: [Picture] = []
        for _ in 0..<count {
            let sample = try withoutGradient(draw)
            guard try sample.isAllFinite() else { continue }
            let values = try sample.reshaped(to: imageShape).hostArray()
            pictures.append(try Picture(floats: values, name: "sample"))
        }
        skipped = count - pictures.count
        let sheet = ContactSheet(columns: 8, magnification: imageShape[2] <= 32 ? 3 : 1)
        png = try pictures.isEmpty ? nil : sheet.picture(of: pictures).png(name: "samples")
    }

    /// `count` pictures of the model in `folder`, from latents with the standard deviation
    /// `temperature`.
    ///
    /// - Throws: `ModelError`, `ParameterError`, `ImageError`, `TorchError`, and what `progress`
    ///   throws.
    package init(
        of folder: ModelFolder, count: Int, temperature: Double, seed: UInt64, on device: Device,
        progress: (_ done: Int) throws -> Void = { _ in }
    ) throws {
        let model = try folder.loaded(on: device)
        var random = RandomStreams(seed: seed)["samples"]
        var done = 0
        try self.init(count, imageShape: model.imageShape) {
            let z = try random.normal([1, model.latentCount], on: device) * temperature
            let picture = try model.decode(z, to: .unit)
            done += 1
            try progress(done)
            return picture
        }
    }
}
