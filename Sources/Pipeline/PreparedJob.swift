import Arrays
import Jobs
import Models
import Physics
import Solvers
import Tensors

/// A job with everything it needs: pictures, operator, noise, prior, measurement.
struct PreparedJob {
    let spec: JobSpec
    /// What the pictures were measured by, for a network that was trained for one measurement; nil for
    /// other solvers.
    let task: MeasurementText?
    let pictures: [JobPicture]
    /// The model that restores, or that of clean pictures; nil where the solver needs none.
    let prior: ModelShelf.Entry?
    /// Channels, height and width of a restored picture.
    let imageShape: [Int]
    /// y, `[batch, …]`.
    let measurement: Tensor
    let forward: any ForwardOperator
    let noise: JobNoise
    /// The true pictures, `[batch, channel, height, width]`, nil when they are not known.
    ///
    /// Only evaluation sees them.
    let truth: Tensor?

    /// Whether the pictures are larger than those of the prior.
    var hasWindows: Bool {
        guard let prior, spec.solver.windows != nil else { return false }
        return prior.generator.imageShape != imageShape
    }

    /// What a solver may know of the pictures `range`.
    ///
    /// - Throws: `TorchError` when memory is short.
    func problem(_ range: Range<Int>) throws(TorchError) -> Problem {
        try Problem(measurement: measurement, forward: forward, noise: noise.model)
            .selecting(Array(range))
    }
}

extension PreparedJob {
    /// Reads what `spec` names, and simulates the measurement when the truth is given.
    ///
    /// - Parameters:
    ///   - spec: the job.
    ///   - reader: finds what it names.
    ///   - device: where its tensors are.
    ///   - shelf: has the models.
    ///   - known: its pictures, which are not read then.
    ///   - isOutline: whether it is only to be seen that the job can be solved: nothing is drawn, and there
    ///     may be no pictures.
    /// - Throws: `JobFault` with the part of the job that something is wrong with, `ImageError` and
    ///   `TorchError`.
    init(
        _ spec: JobSpec, reader: PictureReader, device: Device, shelf: inout ModelShelf,
        pictures known: [JobPicture]? = nil, isOutline: Bool = false
    ) throws {
        let streams = RandomStreams(seed: spec.seed)
        let prior = try Self.prior(of: spec, reader, device, &shelf)
        let pictures = try known ?? reader.pictures(of: spec)
        try Self.checkPreparation(spec, pictures)
        // A model that the method does not use has to be there, and tells the size where nothing else does.
        let named = try prior == nil ? Self.shapeOfModel(spec, reader) : nil
        let wanted =
            prior?.generator.imageShape
            ?? (spec.tellsSize && !pictures.isEmpty ? nil : named)
        let shapes = PictureShape(spec, pictures)
        let imageShape =
            spec.solver.windows == nil
            ? try shapes.imageShape(of: wanted) : try shapes.imageShape(inWindowsOf: wanted)
        let forward = try shelf.operators.forwardOperator(
            spec.forward, for: imageShape,
            files: OperatorFiles(pictures: reader, device: device, isOutline: isOutline))
        let shape = try forward.outputShape(for: imageShape)
        try shapes.check(measurement: shape, of: imageShape, isOfModel: wanted == imageShape)
        let isTruth = spec.given == .truth
        let count = max(pictures.count, 1)
        let noise = try NoiseBuilder(
            pictures: reader, streams: streams, device: device, count: count,
            measurementShape: shape, isSimulated: isTruth
        ).noise(spec.noise, shelf: &shelf)
        (measurement, truth) =
            isOutline && (isTruth || pictures.isEmpty)
            ? (try Self.outline([count] + shape, on: device), nil)
            : try Self.measured(pictures, forward, noise.simulation, spec, on: device)
        self.spec = spec
        task = try Self.task(of: spec, reader)
        self.pictures = pictures
        self.prior = prior
        self.imageShape = imageShape
        self.forward = forward
        self.noise = noise
    }

    /// What stands for a measurement where only its shape counts.
    private static func outline(_ shape: [Int], on device: Device) throws(TorchError) -> Tensor {
        // Gray is a measurement that every noise and method can deal with.
        try .full(shape, 0.5, .float32, on: device)
    }

    /// The measurement, and the true pictures where they are given.
    private static func measured(
        _ pictures: [JobPicture], _ forward: any ForwardOperator, _ noise: any NoiseModel,
        _ spec: JobSpec, on device: Device
    ) throws -> (measurement: Tensor, truth: Tensor?) {
        let given = try Tensor.stacked(pictures.map { try Tensor($0.values) }).moved(to: device)
        if spec.given == .truth {
            let streams = RandomStreams(seed: spec.seed)
            let simulated = try simulated(given, forward, noise, streams)
            return (try forward.measuredPart(of: simulated), given)
        }
        let measurement = try forward.measuredPart(of: given)
        for (place, picture) in pictures.enumerated()
        where try !measurement.element(place).isAllFinite() {
            throw PipelineError(.notFinite, in: picture.source)
        }
        if spec.noise == .none {
            try SignedMeasurement(spec.forward, forward)?.check(measurement, of: pictures)
        }
        return (measurement, nil)
    }

    /// y for every picture, its noise from a stream of its own.
    private static func simulated(
        _ truth: Tensor, _ forward: any ForwardOperator, _ noise: any NoiseModel,
        _ streams: RandomStreams
    ) throws -> Tensor {
        let clean = try withoutGradient { try forward.apply(truth) }
        let samples = try (0..<clean.shape[0]).map { index in
            var generator = streams["measurement-noise-\(index)"]
            return try noise.selecting([index]).sample(
                given: clean.slice(index..<index + 1, along: 0), from: &generator)
        }
        return try Tensor.concatenated(samples, along: 0)
    }
}
