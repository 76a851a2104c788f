import Models
package import Physics
package import Tensors

/// Noise of a flow whose pictures lie somewhere in the cells of a measurement, one in each.
///
/// The first look for pictures takes what covers them for rare large errors. Where they lie is
/// then found, cell by cell, by the likelihood of every offset and, for a model with fewer channels
/// than the measurement, of every channel:
///
///     log p((y − f(x))_patch / a) − d log a + Σ over the rest of the cell log N(y − f(x); 0, σ²)
///
/// The placement of the digits of Whang, Lei, Dimakis 2021 is not in the paper; to search for it
/// is ours.
package struct UnplacedFlowNoise: UnknownNoise {
    /// The noise with no patches.
    let noise: FlowNoise
    /// Height and width of a cell.
    let cell: Int
    /// Channels, height and width of a measurement.
    let measurementShape: [Int]

    /// - Throws: `PhysicsError` when a patch is larger than a cell or a cell than the measurement.
    package init(
        _ noise: FlowNoise, cell: Int, measurementShape: [Int]
    ) throws(PhysicsError) {
        // It says what is wrong with the sizes.
        var generator = Generator(seed: 0)
        _ = try NoisePatch.oneInEveryCell(
            of: measurementShape, cell: cell, patch: noise.model.imageShape, from: &generator)
        self.noise = noise
        self.cell = cell
        self.measurementShape = measurementShape
    }

    package var rounds: Int { 3 }

    package func guess(_ problem: Problem) throws -> any NoiseModel {
        try StudentTNoise(scale: 2 * noise.background, degreesOfFreedom: 1)
    }

    package func found(_ problem: Problem, given clean: Tensor) throws -> any NoiseModel {
        let residual = try problem.measurement - clean
        return noise.placing(
            try (0..<residual.shape[0]).map { sample in
                let picture = try residual.element(sample)
                return try corners.map { try place(in: $0, picture) }
            })
    }

    package func findings(of noise: any NoiseModel) -> [Solution.Finding] {
        guard let flow = noise as? FlowNoise, case .patches(let lists) = flow.placement else {
            return []
        }
        return lists.map { .patches($0) }
    }

    /// The top left pixels of all cells.
    private var corners: [(row: Int, column: Int)] {
        (0..<measurementShape[1] / cell).flatMap { row in
            (0..<measurementShape[2] / cell).map { (row * cell, $0 * cell) }
        }
    }

    /// Every place that a patch may have in a cell.
    private func candidates(in corner: (row: Int, column: Int)) -> [NoisePatch] {
        let shape = noise.model.imageShape
        let channels: [Int?] =
            shape[0] == measurementShape[0] ? [nil] : (0..<measurementShape[0]).map { $0 }
        return channels.flatMap { channel in
            (0...cell - shape[1]).flatMap { down in
                (0...cell - shape[2]).map { right in
                    NoisePatch(
                        row: corner.row + down, column: corner.column + right, channel: channel)
                }
            }
        }
    }

    /// The most likely place in a cell of one residual, `[channel, height, width]`.
    private func place(
        in corner: (row: Int, column: Int), _ residual: Tensor
    ) throws -> NoisePatch {
        let candidates = candidates(in: corner)
        let square = try residual.slice(corner.row..<corner.row + cell, along: 1)
            .slice(corner.column..<corner.column + cell, along: 2)
        let shape = [candidates.count] + square.shape
        let batch = try square.reshaped(to: [1] + square.shape).expanded(to: shape)
        let moved = candidates.map {
            [
                NoisePatch(
                    row: $0.row - corner.row, column: $0.column - corner.column,
                    channel: $0.channel)
            ]
        }
        let scores = try noise.placing(moved).logDensity(batch, given: batch.filled(with: 0))
            .doubles()
        let best = scores.indices.max { lower(scores[$0], scores[$1]) } ?? 0
        return candidates[best]
    }

    /// Whether a score is less than another; what is not a number is less than all.
    private func lower(_ score: Double, _ other: Double) -> Bool {
        score.isNaN ? !other.isNaN : score < other
    }
}

extension UnplacedFlowNoise {
    package var isAdditive: Bool { true }

    package var character: NoiseCharacter { .learned }

    /// As a density, the patches lie in the first of the places that they may have.
    private func assumed(_ count: Int) -> FlowNoise {
        noise.placing(
            Array(repeating: corners.compactMap { candidates(in: $0).first }, count: count))
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        guard shape == measurementShape else {
            throw PhysicsError(
                .shape(shape, expected: "\(measurementShape)"), in: "noise of a model")
        }
    }

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        try assumed(measurement.shape[0]).logDensity(measurement, given: clean)
    }

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        try assumed(clean.shape[0]).sample(given: clean, from: &generator)
    }

    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try assumed(measurement.shape[0]).deviation(of: measurement)
    }

    package func softened(to floor: Double) -> any NoiseModel { self }
}
