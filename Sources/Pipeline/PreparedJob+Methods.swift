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
            spec: spec, task: try Self.task(of: spec, reader), pictures: pictures, prior: prior,
            imageShape: imageShape,
            measurement: measurement, forward: forward, noise: noise, truth: truth)
    }

    /// What the pictures were measured by, where the solver goes by it.
    static func task(of spec: JobSpec, _ reader: PictureReader) throws -> MeasurementText? {
        guard spec.solver.network != nil else { return nil }
        return try reader.measurementText(of: spec.forward, spec.noise)
    }

    /// The model that restores, or that of clean pictures; nil where the solver needs none.
    static func prior(
        of spec: JobSpec, _ reader: PictureReader, _ device: Device, _ shelf: inout ModelShelf
    ) throws -> ModelShelf.Entry? {
        guard spec.solver.network != nil || spec.solver.needsPrior else { return nil }
        return try blamingModel(of: spec) {
            try place(of: spec, reader).map { try shelf.model(at: $0, on: device) }
        }
    }

    /// Channels, height and width of the pictures of the model that the job names, whether the solver
    /// uses it or not.
    static func shapeOfModel(_ spec: JobSpec, _ reader: PictureReader) throws -> [Int]? {
        try blamingModel(of: spec) {
            try place(of: spec, reader).map { try ModelFolder(reading: $0).description.imageShape }
        }
    }

    /// What `body` makes, with its errors as those of the model that restores.
    static func blamingModel<Value>(of spec: JobSpec, _ body: () throws -> Value) throws -> Value {
        let path =
            spec.solver.network == nil
            ? SettingPath.key("prior") : .key("solver")[spec.solver.name]["model"]
        return try JobFault.at(
            path, remedy: "name another model; sluice model list shows them", body)
    }

    private static func place(
        of spec: JobSpec, _ reader: PictureReader
    ) throws -> String? {
        try (spec.solver.network ?? spec.prior).map { model in
            try reader.place(
                of: FileReference(.model, model.text),
                remedy: "sluice doctor lists what is installed")
        }
    }
}
