import Models
package import Physics
package import Tensors

/// Noise of a flow whose pictures lie somewhere in the cells of a measurement, one in each.
///
/// A patch in one channel is seen beside two others before any picture is looked for: what the others
/// do not explain is the patch, and the middle of it says where it lies, as far as the pictures of
/// the model have theirs in one place. Digits do.
///
/// Where that is not so, the first look for pictures takes what covers them for rare large errors.
/// Where they lie is then found, cell by cell, by the likelihood of every offset and, for a model
/// with fewer channels than the measurement, of every channel:
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
    /// How the noise is told from the picture; nil leaves it what the picture leaves.
    package let separation: Separation?

    /// - Throws: `PhysicsError` when a patch is larger than a cell or a cell than the measurement.
    package init(
        _ noise: FlowNoise, cell: Int, measurementShape: [Int], separation: Separation? = nil
    ) throws(PhysicsError) {
        // It says what is wrong with the sizes.
        var generator = Generator(seed: 0)
        _ = try NoisePatch.oneInEveryCell(
            of: measurementShape, cell: cell, patch: noise.model.imageShape, from: &generator)
        self.noise = noise
        self.cell = cell
        self.measurementShape = measurementShape
        self.separation = separation
    }

    /// Where the middle of a patch is, when patches can be seen beside other channels.
    private var center: CenterOfMass? {
        noise.model.imageShape[0] == 1 && measurementShape[0] >= 3 ? noise.moments.center : nil
    }

    package var rounds: Int { center == nil ? 3 : 1 }

    package func guess(_ problem: Problem) throws -> any NoiseModel {
        guard let center else {
            return try StudentTNoise(scale: 2 * noise.background, degreesOfFreedom: 1)
        }
        return placing(
            try (0..<problem.measurement.shape[0]).map { sample in
                let picture = try problem.measurement.element(sample)
                return try corners.map { try seen(in: $0, picture, center) }
            })
    }

    /// Where the patch in a cell of `picture`, `[channel, height, width]`, lies by its middle.
    private func seen(
        in corner: (row: Int, column: Int), _ picture: Tensor, _ center: CenterOfMass
    ) throws -> NoisePatch {
        let covered = try CoveredChannel(
            of: square(at: corner, picture), tolerance: 2 * noise.background)
        let middle = CenterOfMass(of: covered.rest.map { $0 / noise.amplitude }, width: cell)
        func offset(_ way: Double, _ size: Int) -> Int {
            min(max(Int(way.rounded()), 0), cell - size)
        }
        let (height, width) = (noise.model.imageShape[1], noise.model.imageShape[2])
        return NoisePatch(
            row: corner.row + offset((middle ?? center).row - center.row, height),
            column: corner.column + offset((middle ?? center).column - center.column, width),
            channel: covered.channel)
    }

    private func square(
        at corner: (row: Int, column: Int), _ picture: Tensor
    ) throws(TorchError) -> Tensor {
        try picture.slice(corner.row..<corner.row + cell, along: 1)
            .slice(corner.column..<corner.column + cell, along: 2)
    }

    package func found(_ problem: Problem, given clean: Tensor) throws -> any NoiseModel {
        let residual = try problem.measurement - clean
        return placing(
            try (0..<residual.shape[0]).map { sample in
                let picture = try residual.element(sample)
                return try corners.map { try place(in: $0, picture) }
            })
    }

    package func findings(of noise: any NoiseModel) -> [Solution.Finding] {
        let flow = noise as? FlowNoise ?? (noise as? SeparatedNoise)?.flow
        guard case .patches(let lists) = flow?.placement else { return [] }
        return lists.map { .patches($0) }
    }

    /// The noise with the patches that were found, nil where some were not.
    package func placed(by findings: [Solution.Finding]) -> FlowNoise? {
        let lists = findings.compactMap { finding in
            if case .patches(let list) = finding { list } else { nil }
        }
        return lists.count == findings.count ? noise.placing(lists) : nil
    }

    /// The noise with patches, a list for every sample.
    private func placing(_ lists: [[NoisePatch]]) -> any NoiseModel {
        noise.placing(lists).separated(by: separation)
    }

    /// The top left pixels of all cells.
    var corners: [(row: Int, column: Int)] {
        (0..<measurementShape[1] / cell).flatMap { row in
            (0..<measurementShape[2] / cell).map { (row * cell, $0 * cell) }
        }
    }

    /// Every place that a patch may have in a cell.
    func candidates(in corner: (row: Int, column: Int)) -> [NoisePatch] {
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
        let square = try square(at: corner, residual)
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
