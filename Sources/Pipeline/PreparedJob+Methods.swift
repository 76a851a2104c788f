import Jobs
import Models
import Tensors

extension PreparedJob {
    /// The same measurements, for the method of `spec`, another job of the same pictures.
    ///
    /// - Throws: what the first throws.
    func restoring(
        _ spec: JobSpec, reader: PictureReader, device: Device, shelf: inout ModelShelf
    ) throws -> PreparedJob {
        try Self.checkPreparation(spec, pictures)
        let prior = try Self.prior(of: spec, reader, device, &shelf)
        if let wanted = prior?.generator.imageShape {
            try PictureShape(spec, pictures).check(model: wanted, for: imageShape)
        }
        return PreparedJob(
            spec: spec, pictures: pictures, prior: prior, imageShape: imageShape,
            measurement: measurement, forward: forward, noise: noise, truth: truth)
    }

    /// The model that restores, or that of clean pictures; nil where the solver needs none.
    static func prior(
        of spec: JobSpec, _ reader: PictureReader, _ device: Device, _ shelf: inout ModelShelf
    ) throws -> ModelShelf.Entry? {
        let model = spec.solver.network ?? (spec.solver.needsPrior ? spec.prior : nil)
        return try model.map { try shelf.model(at: place(of: $0, reader), on: device) }
    }

    static func place(
        of model: ModelReference, _ reader: PictureReader
    ) throws -> String {
        try reader.place(
            of: FileReference(.model, model.text), remedy: "sluice doctor lists what is installed")
    }
}
