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
    let prior: ModelShelf.Entry
    /// y, `[batch, …]`.
    let measurement: Tensor
    let forward: any ForwardOperator
    let noise: JobNoise
    /// The true pictures, `[batch, channel, height, width]`, nil when they are not known.
    ///
    /// Only evaluation sees them.
    let truth: Tensor?

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
    /// - Throws: `PipelineError`, `ModelError`, `PhysicsError`, and the errors of files, pictures
    ///   and tensors.
    init(
        _ spec: JobSpec, reader: PictureReader, device: Device, shelf: inout ModelShelf
    ) throws {
        let streams = RandomStreams(seed: spec.seed)
        guard let name = spec.prior else {
            throw PipelineError(.mismatch("the solver needs a prior"), in: "prior")
        }
        let path = try reader.place(
            of: FileReference(.model, name.text), remedy: "sluice doctor lists what is installed")
        let prior = try shelf.model(at: path, on: device)
        let pictures = try reader.pictures(spec.images, prepare: spec.prepare)
        try Self.checkPreparation(spec, pictures)
        let forward = try spec.forward.forwardOperator(
            for: prior.flow.imageShape, files: OperatorFiles(pictures: reader, device: device))
        let shape = try forward.outputShape(for: prior.flow.imageShape)
        let expected = spec.given == .truth ? prior.flow.imageShape : shape
        for picture in pictures {
            try picture.check(expected, spec.given, prior: name.text)
        }
        let given = try Tensor.stacked(pictures.map { try Tensor($0.values) }).moved(to: device)
        let noise = try NoiseBuilder(
            pictures: reader, streams: streams, device: device, count: pictures.count,
            measurementShape: shape, isSimulated: spec.given == .truth
        ).noise(spec.noise, shelf: &shelf)
        try noise.model.validate(shape)
        let isTruth = spec.given == .truth
        measurement =
            try forward.measuredPart(
                of: isTruth ? Self.simulated(given, forward, noise.model, streams) : given)
        if !isTruth { try Self.checkSigns(measurement, spec) }
        truth = isTruth ? given : nil
        self.spec = spec
        self.pictures = pictures
        self.prior = prior
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

    /// Signs without noise are +1 and −1.
    private static func checkSigns(_ measurement: Tensor, _ spec: JobSpec) throws {
        guard case .sign = spec.forward.last, spec.noise == .none else { return }
        let isSign = try (measurement.magnitude() - 1).isZero().converted(to: .float32)
        guard try isSign.smallest().item() == 1 else {
            throw PipelineError(
                .mismatch(
                    """
                    the measurement has values other than +1 and -1, which signs without noise \
                    are; write 1 and -1, or name the noise
                    """), in: "forward.sign")
        }
    }

    /// A measurement must not be cropped or resized: operator and noise belong to its pixels.
    private static func checkPreparation(
        _ spec: JobSpec, _ pictures: [JobPicture]
    ) throws(PipelineError) {
        guard spec.given == .measurement else { return }
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

extension JobPicture {
    /// Checks that the picture has the shape that prior and operator ask for.
    fileprivate func check(
        _ expected: [Int], _ given: Given, prior: String
    ) throws(PipelineError) {
        let shape = values.shape
        guard shape != expected else { return }
        guard expected.count == 3 else {
            let words = expected.count == 4 ? "complex numbers of the shape" : "the shape"
            throw PipelineError(
                .mismatch(
                    "has the shape \(shape), but forward measures \(words) "
                        + "\(expected.suffix(3)) of the pictures of the prior \(prior); give an "
                        + "NPY file of that shape, or write given: truth"), in: source)
        }
        let isOnlyColour = shape.dropFirst() == expected.dropFirst()
        let remedy =
            isOnlyColour
            ? "set prepare: {color: \(expected[0] == 1 ? "gray" : "rgb")}, or choose another prior"
            : given == .truth
                ? "set prepare: {crop: center, size: \(expected[1]), color: "
                    + "\(expected[0] == 1 ? "gray" : "rgb")}, or choose another prior"
                : "give a measurement of that shape, or choose another prior; if these are true pictures "
                    + "to try things with, write given: truth and prepare: {crop: center, "
                    + "size: \(expected[1]), color: \(expected[0] == 1 ? "gray" : "rgb")}"
        throw PipelineError(
            .mismatch(
                "has the shape \(shape), but the prior \(prior) needs \(expected) "
                    + "[channel, height, width]; \(remedy)"), in: source)
    }
}
