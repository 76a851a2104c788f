import Arrays
import Jobs
import Models
import Physics
import Solvers
import Tensors

/// The one place where the noise of a job becomes a density.
struct NoiseBuilder {
    let pictures: PictureReader
    let streams: RandomStreams
    let device: Device
    /// Number of pictures, and channels, height and width of a measurement.
    let count: Int
    let measurementShape: [Int]
    /// Whether noise is drawn for the pictures, not only taken out of them.
    let isSimulated: Bool

    /// The noise that `spec` describes.
    ///
    /// - Throws: `PhysicsError` when a setting makes no sense, `PipelineError` for what a later
    ///   version builds, and the errors of models and pictures.
    func noise(_ spec: NoiseSpec, shelf: inout ModelShelf) throws -> JobNoise {
        switch spec {
        case .none: JobNoise(NoNoise())
        case .gaussian(.known(let std)):
            JobNoise(try GaussianNoise(std: std))
        case .gaussian(.estimate):
            throw PipelineError(.unavailable("an unknown strength"), in: "noise.gaussian")
        case .sine(let sine): JobNoise(try self.sine(sine))
        case .radial(let radial): JobNoise(try self.radial(radial))
        case .laplace(let std): JobNoise(try LaplaceNoise(std: std))
        case .flow(let flow): try self.flow(flow, shelf: &shelf)
        case .digits(let digits): try self.digits(digits, shelf: &shelf)
        case .studentT, .poisson, .sum:
            throw PipelineError(.unavailable("this noise"), in: "noise")
        }
    }

    private func sine(_ spec: SineNoiseSpec) throws(PhysicsError) -> SineNoise {
        let axis: SineNoise.Axis =
            switch spec.axis {
            case .rows: .rows
            case .columns: .columns
            case .measurements: .measurements
            }
        return try SineNoise(
            amplitude: spec.amplitude, period: spec.period, axis: axis, floor: spec.floor)
    }

    private func radial(_ spec: RadialNoiseSpec) throws(PhysicsError) -> RadialNoise {
        try RadialNoise(
            amplitude: spec.amplitude, decay: spec.decay, floor: spec.floor,
            center: spec.center.map { ($0.row, $0.column) })
    }

    private func flow(_ spec: FlowNoiseSpec, shelf: inout ModelShelf) throws -> JobNoise {
        let model = try model(spec.model, shelf: &shelf)
        switch spec.placement {
        case .full:
            return JobNoise(
                try FlowNoise(
                    model: model, placement: .full, background: spec.background, on: device))
        case .patch(let place):
            let patches = Array(repeating: [NoisePatch(place)], count: count)
            return JobNoise(
                try FlowNoise(
                    model: model, placement: .patches(patches), background: spec.background,
                    on: device),
                patches: patches, patchSize: Array(model.imageShape.dropFirst()))
        }
    }

    private func digits(_ spec: DigitsNoiseSpec, shelf: inout ModelShelf) throws -> JobNoise {
        let model = try model(spec.model, shelf: &shelf)
        let patches = try placement(spec, model.imageShape)
        let noise = try FlowNoise(
            model: model, placement: .patches(patches), amplitude: spec.amplitude,
            background: spec.background, examples: try examples(spec), on: device)
        return JobNoise(
            noise, patches: patches, patchSize: Array(model.imageShape.dropFirst()))
    }

    private func placement(_ spec: DigitsNoiseSpec, _ digit: [Int]) throws -> [[NoisePatch]] {
        switch spec.placement {
        case .search:
            throw PipelineError(.unavailable("placement: search"), in: "noise.digits")
        case .at(let places):
            return Array(repeating: places.map(NoisePatch.init), count: count)
        case .known:
            return try (0..<count).map { index in
                var generator = streams["noise-placement-\(index)"]
                return try NoisePatch.oneInEveryCell(
                    of: measurementShape, cell: 32, patch: digit, from: &generator)
            }
        }
    }

    /// The pictures that simulated noise is drawn from, `[count, channel, height, width]`.
    ///
    /// They are never drawn from the model: scores would then flatter the solver that knows it.
    private func examples(_ spec: DigitsNoiseSpec) throws -> Tensor? {
        guard isSimulated else { return nil }
        let examples = try pictures.pictures(
            spec.pictures ?? testDigits(), prepare: PrepareSpec())
        return try Tensor.stacked(examples.map { try Tensor($0.values) }).moved(to: device)
    }

    /// The test pictures of MNIST under the name that they are published with.
    static let testDigitsFile = "t10k-images-idx3-ubyte.gz"

    /// As many digits of the MNIST test set as a job may have pictures.
    private func testDigits() throws -> ImagesSpec {
        let path = Self.testDigitsFile
        _ = try pictures.place(
            of: FileReference(.dataset, path),
            remedy: "noise.digits draws from this file of MNIST; put it into a folder of data "
                + "sets, or name other digits as noise.digits.pictures")
        let count = min(1000, pictures.limits.pictures)
        return .idx(IDXImages(path: path, selection: .sample(count: count, seed: 0)))
    }

    private func model(_ reference: ModelReference, shelf: inout ModelShelf) throws -> Flow {
        let file = FileReference(.model, reference.text)
        let path = try pictures.place(of: file, remedy: "sluice doctor lists what is installed")
        return try shelf.model(at: path, on: device).flow
    }
}

extension NoisePatch {
    fileprivate init(_ place: NoisePlacement) {
        self.init(row: place.row, column: place.column, channel: place.channel)
    }
}
