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
    /// - Throws: `PhysicsError` when a setting makes no sense, and the errors of models and
    ///   pictures.
    func noise(_ spec: NoiseSpec, shelf: inout ModelShelf) throws -> JobNoise {
        switch spec {
        case .none: JobNoise(NoNoise())
        case .gaussian(.known(let std)):
            JobNoise(try GaussianNoise(std: std))
        case .gaussian(.estimate(let simulated)):
            JobNoise(
                UnknownGaussianNoise(measurementShape: measurementShape),
                simulation: try simulated.map { try GaussianNoise(std: $0) }
            )
        case .sine(let spec): try levelled(spec.amplitude) { try sine(spec, amplitude: $0) }
        case .radial(let spec): try levelled(spec.amplitude) { try radial(spec, amplitude: $0) }
        case .laplace(let std): JobNoise(try LaplaceNoise(std: std))
        case .flow(let flow): try self.flow(flow, shelf: &shelf)
        case .digits(let digits): try self.digits(digits, shelf: &shelf)
        case .studentT(let noise):
            JobNoise(
                try StudentTNoise(scale: noise.scale, degreesOfFreedom: noise.degreesOfFreedom))
        case .poisson(let peak): JobNoise(try PoissonNoise(peak: peak))
        case .sum(let parts):
            JobNoise(sumOf: try parts.map { try noise($0, shelf: &shelf) })
        }
    }

    /// Noise of a level that may have to be found.
    private func levelled(
        _ level: NoiseLevel, _ noise: (Double) throws -> any AmplifiedNoise
    ) throws -> JobNoise {
        switch level {
        case .known(let level): JobNoise(try noise(level))
        case .estimate(let simulated):
            JobNoise(
                try UnknownGaussianNoise(
                    like: noise(UnknownGaussianNoise.assumedStd),
                    measurementShape: measurementShape),
                simulation: try simulated.map { try noise($0) })
        }
    }

    private func sine(
        _ spec: SineNoiseSpec, amplitude: Double
    ) throws(PhysicsError) -> SineNoise {
        let axis: SineNoise.Axis =
            switch spec.axis {
            case .rows: .rows
            case .columns: .columns
            case .measurements: .measurements
            }
        return try SineNoise(
            amplitude: amplitude, period: spec.period, axis: axis, floor: spec.floor)
    }

    private func radial(
        _ spec: RadialNoiseSpec, amplitude: Double
    ) throws(PhysicsError) -> RadialNoise {
        try RadialNoise(
            amplitude: amplitude, decay: spec.decay, floor: spec.floor,
            center: spec.center.map { ($0.row, $0.column) })
    }

    private func flow(_ spec: FlowNoiseSpec, shelf: inout ModelShelf) throws -> JobNoise {
        let entry = try model(spec.model, shelf: &shelf)
        let zero = entry.folder.description.noiseZero
        let modelZero = zero?.modelValue(bits: entry.folder.description.bits) ?? 0
        // Pictures count from their own zero, and the model from where it has learnt it to be.
        let examples = try examples(spec.pictures).map { try $0 + (modelZero - (zero?.value ?? 0)) }
        func noise(_ placement: FlowNoise.Placement) throws -> FlowNoise {
            try FlowNoise(
                model: entry.flow, placement: placement, background: spec.background,
                zero: modelZero, examples: examples, on: device)
        }
        let bits = entry.folder.description.bits
        let separation =
            try spec.isSeparated ? Separation.measured(for: entry.flow, weight: spec.beta) : nil
        switch spec.placement {
        case .full:
            let drawn = try noise(.full)
            return JobNoise(
                drawn.withoutExamples.separated(by: separation), simulation: drawn, bits: bits)
        case .patch(let place):
            let patches = Array(repeating: [NoisePatch(place)], count: count)
            let drawn = try noise(.patches(patches))
            return JobNoise(
                drawn.withoutExamples.separated(by: separation), simulation: drawn,
                patches: patches, patchSize: try Array(entry.flow.imageShape.dropFirst()),
                bits: bits)
        }
    }

    private func digits(_ spec: DigitsNoiseSpec, shelf: inout ModelShelf) throws -> JobNoise {
        let entry = try model(spec.model, shelf: &shelf)
        let (model, bits) = (try entry.flow, entry.folder.description.bits)
        let patches = try placement(spec, model.imageShape)
        let examples = isSimulated ? try examples(spec.pictures ?? testDigits()) : nil
        let noise = try FlowNoise(
            model: model, placement: .patches(patches), amplitude: spec.amplitude,
            background: spec.background, examples: examples, on: device)
        let separation =
            spec.isSeparated ? Separation.measured(for: model, weight: spec.beta) : nil
        guard spec.placement == .search else {
            return JobNoise(
                noise.withoutExamples.separated(by: separation), simulation: noise,
                patches: patches, patchSize: Array(model.imageShape.dropFirst()), bits: bits)
        }
        let unplaced = try UnplacedFlowNoise(
            noise.withoutExamples, cell: Self.cell, measurementShape: measurementShape,
            separation: separation)
        return JobNoise(
            unplaced, simulation: noise, patches: isSimulated ? patches : nil,
            patchSize: Array(model.imageShape.dropFirst()), bits: bits)
    }

    /// The side of the squares of which each has a digit.
    private static let cell = 32

    private func placement(_ spec: DigitsNoiseSpec, _ digit: [Int]) throws -> [[NoisePatch]] {
        switch spec.placement {
        case .at(let places):
            return Array(repeating: places.map(NoisePatch.init), count: count)
        case .known, .search:
            return try (0..<count).map { index in
                var generator = streams["noise-placement-\(index)"]
                return try NoisePatch.oneInEveryCell(
                    of: measurementShape, cell: Self.cell, patch: digit, from: &generator)
            }
        }
    }

    /// The pictures that simulated noise is drawn from, `[count, channel, height, width]`.
    ///
    /// Noise drawn from the model itself would flatter the solver that knows it.
    private func examples(_ spec: ImagesSpec?) throws -> Tensor? {
        guard isSimulated, let spec else { return nil }
        let examples = try pictures.pictures(spec, prepare: PrepareSpec())
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

    private func model(
        _ reference: ModelReference, shelf: inout ModelShelf
    ) throws -> ModelShelf.Entry {
        let file = FileReference(.model, reference.text)
        let path = try pictures.place(of: file, remedy: "sluice doctor lists what is installed")
        return try shelf.model(at: path, on: device)
    }
}

extension NoisePatch {
    fileprivate init(_ place: NoisePlacement) {
        self.init(row: place.row, column: place.column, channel: place.channel)
    }
}
