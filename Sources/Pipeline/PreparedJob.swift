import Arrays
import Jobs
import Models
import Physics
import Solvers
import Tensors

/// A job with everything it needs: pictures, operator, noise, prior, measurement.
struct PreparedJob {
    let spec: JobSpec
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
    /// Its pictures are not read when they are `known`.
    ///
    /// - Throws: `PipelineError`, `ModelError`, `PhysicsError`, and the errors of files, pictures
    ///   and tensors.
    init(
        _ spec: JobSpec, reader: PictureReader, device: Device, shelf: inout ModelShelf,
        pictures known: [JobPicture]? = nil
    ) throws {
        let streams = RandomStreams(seed: spec.seed)
        let place = try (spec.solver.network ?? spec.prior).map { try Self.place(of: $0, reader) }
        let prior = try Self.prior(of: spec, reader, device, &shelf)
        let pictures = try known ?? reader.pictures(of: spec)
        try Self.checkPreparation(spec, pictures)
        let wanted =
            try prior?.generator.imageShape
            ?? place.map { try ModelFolder(reading: $0).description.imageShape }
        let shapes = PictureShape(spec, pictures)
        let imageShape =
            spec.solver.windows == nil
            ? try shapes.imageShape(of: wanted) : try shapes.imageShape(inWindowsOf: wanted)
        let forward = try shelf.operators.forwardOperator(
            spec.forward, for: imageShape,
            files: OperatorFiles(pictures: reader, device: device))
        let shape = try forward.outputShape(for: imageShape)
        try shapes.check(measurement: shape, of: imageShape, isOfModel: wanted == imageShape)
        let given = try Tensor.stacked(pictures.map { try Tensor($0.values) }).moved(to: device)
        let noise = try NoiseBuilder(
            pictures: reader, streams: streams, device: device, count: pictures.count,
            measurementShape: shape, isSimulated: spec.given == .truth
        ).noise(spec.noise, shelf: &shelf)
        try noise.model.validate(shape)
        let isTruth = spec.given == .truth
        measurement =
            try forward.measuredPart(
                of: isTruth ? Self.simulated(given, forward, noise.simulation, streams) : given)
        if !isTruth, spec.noise == .none {
            try SignedMeasurement(spec.forward, forward)?.check(measurement)
        }
        truth = isTruth ? given : nil
        self.spec = spec
        self.pictures = pictures
        self.prior = prior
        self.imageShape = imageShape
        self.forward = forward
        self.noise = noise
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

    /// A measurement must not be cropped or resized: operator and noise belong to its pixels.
    static func checkPreparation(
        _ spec: JobSpec, _ pictures: [JobPicture]
    ) throws(PipelineError) {
        guard spec.given == .measurement else { return }
        if case .bm3d = spec.solver, let picture = pictures.first(where: \.isGrayed) {
            throw PipelineError(
                .mismatch(
                    """
                    prepare would make the colour measurement \(picture.source) gray, which changes \
                    the noise that bm3d is to take out; leave out color: bm3d restores colour as well
                    """), in: "prepare")
        }
        if let picture = pictures.first(where: \.isReshaped) {
            throw PipelineError(
                .mismatch(
                    """
                    prepare would crop or resize the measurement \(picture.source); give it in \
                    the size of the prior and leave out crop and size, or write given: truth
                    """), in: "prepare")
        }
    }
}
