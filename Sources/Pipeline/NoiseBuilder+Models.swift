import Arrays
import Jobs
import Models
import Physics
import Solvers
import Tensors

/// Noise that a model knows.
extension NoiseBuilder {
    func flow(
        _ spec: FlowNoiseSpec, _ path: SettingPath, _ shelf: inout ModelShelf
    ) throws -> JobNoise {
        let (entry, flow) = try model(spec.model, path["model"], &shelf)
        let zero = entry.folder.description.noiseZero
        let modelZero = zero?.modelValue(bits: entry.folder.description.bits) ?? 0
        // Pictures count from their own zero, and the model from where it has learnt it to be.
        let examples = try examples(spec.pictures, like: flow, path["pictures"])
            .map { try $0 + (modelZero - (zero?.value ?? 0)) }
        func noise(_ placement: FlowNoise.Placement) throws -> FlowNoise {
            try FlowNoise(
                model: flow, placement: placement, background: spec.background,
                zero: modelZero, examples: examples, on: device)
        }
        let bits = entry.folder.description.bits
        let separation =
            spec.isSeparated ? Separation.measured(for: flow, weight: spec.beta) : nil
        switch spec.placement {
        case .full:
            try checkSize(of: flow, path["placement"])
            let drawn = try noise(.full)
            return JobNoise(
                drawn.withoutExamples.separated(by: separation), simulation: drawn, bits: bits)
        case .patch(let place):
            try checkPatch(place, of: flow, path["placement"])
            let patches = Array(repeating: [NoisePatch(place)], count: count)
            let drawn = try noise(.patches(patches))
            return JobNoise(
                drawn.withoutExamples.separated(by: separation), simulation: drawn,
                patches: patches, patchSize: Array(flow.imageShape.dropFirst()),
                bits: bits)
        }
    }

    func digits(
        _ spec: DigitsNoiseSpec, _ path: SettingPath, _ shelf: inout ModelShelf
    ) throws -> JobNoise {
        let (entry, model) = try model(spec.model, path["model"], &shelf)
        let bits = entry.folder.description.bits
        let patches = try placement(spec, model, path["placement"])
        let pictures = isSimulated ? try spec.pictures ?? testDigits(path["pictures"]) : nil
        let examples = try examples(pictures, like: model, path["pictures"])
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
    static let cell = 32

    private func placement(
        _ spec: DigitsNoiseSpec, _ digit: Flow, _ path: SettingPath
    ) throws -> [[NoisePatch]] {
        if case .at(let places) = spec.placement {
            for (index, place) in places.enumerated() {
                try checkPatch(place, of: digit, path[index])
            }
            return Array(repeating: places.map(NoisePatch.init), count: count)
        }
        try checkCells(for: digit, path)
        return try (0..<count).map { index in
            var generator = streams["noise-placement-\(index)"]
            return try NoisePatch.oneInEveryCell(
                of: measurementShape, cell: Self.cell, patch: digit.imageShape, from: &generator)
        }
    }

    /// The pictures that simulated noise is drawn from, `[count, channel, height, width]`.
    ///
    /// Noise drawn from the model itself would flatter the solver that knows it.
    private func examples(
        _ spec: ImagesSpec?, like model: Flow, _ path: SettingPath
    ) throws -> Tensor? {
        guard isSimulated, let spec else { return nil }
        let examples = try pictures.pictures(spec, prepare: PrepareSpec(), at: path)
        if let other = examples.first(where: { $0.values.shape != model.imageShape }) {
            throw JobFault(
                .mismatch(
                    "\(other.source) has \(other.shapeInWords), but the model makes "
                        + "pictures of \(model.imageShape) [channel, height, width]",
                    remedy: "give pictures of that shape, or leave them out"), at: path)
        }
        return try Tensor.stacked(examples.map { try Tensor($0.values) }).moved(to: device)
    }

    /// The test pictures of MNIST under the name that they are published with.
    static let testDigitsFile = "t10k-images-idx3-ubyte.gz"

    /// As many digits of the MNIST test set as a job may have pictures.
    private func testDigits(_ path: SettingPath) throws -> ImagesSpec {
        let file = Self.testDigitsFile
        _ = try JobFault.at(path, remedy: "name other digits") {
            try pictures.place(
                of: FileReference(.dataset, file),
                remedy: "noise.digits draws from this file of MNIST; put it into a folder of data "
                    + "sets, or name other digits as noise.digits.pictures")
        }
        let count = min(1000, pictures.limits.pictures)
        return .idx(IDXImages(path: file, selection: .sample(count: count, seed: 0)))
    }

    private func model(
        _ reference: ModelReference, _ path: SettingPath, _ shelf: inout ModelShelf
    ) throws -> (entry: ModelShelf.Entry, flow: Flow) {
        try JobFault.at(path, remedy: "name another model; sluice model list shows them") {
            let file = FileReference(.model, reference.text)
            let place = try pictures.place(
                of: file, remedy: "sluice doctor lists what is installed")
            let entry = try shelf.model(at: place, on: device)
            return (entry, try entry.flow)
        }
    }
}

extension NoisePatch {
    fileprivate init(_ place: NoisePlacement) {
        self.init(row: place.row, column: place.column, channel: place.channel)
    }
}
