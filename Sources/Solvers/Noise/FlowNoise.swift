import Glibc
package import Models
package import Physics
package import Tensors

/// Additive noise with the density of a flow: of the whole measurement, or of patches on it.
///
///     log pΔ(δ) = Σ over patches (log p(z + δ_patch / a) − d log a) + Σ elsewhere log N(δ; 0, σ²)
///
/// a is the amplitude with which the model's pictures were added, z the value in them that adds
/// nothing, d the number of elements of one, σ the background. Where the support of the flow ends, its density is continued.
///
/// Whang, Lei, Dimakis 2021, section 3. <https://arxiv.org/abs/2003.08089>
package struct FlowNoise: NoiseModel {
    /// Where the model's pictures lie.
    package enum Placement: Sendable, Equatable {
        /// Each covers its measurement.
        case full
        /// For every sample of the batch the patches on it.
        case patches([[NoisePatch]])
    }

    let model: Flow
    let placement: Placement
    package let amplitude: Double
    package let background: Double
    /// The value of the model's pictures that adds nothing.
    package let zero: Double
    let examples: Tensor?
    /// What the model's pictures are like on average: a density from which solvers come down.
    let moments: NoiseMoments
    /// The weight of that average in the density, 0 for the model's own.
    let averageShare: Double

    /// Noise of `model`, which is frozen.
    ///
    /// Samples are drawn from `examples`, `[count, channel, height, width]`, or from the model when
    /// that is nil; `zero` is the value in both that adds nothing.
    ///
    /// - Throws: `PhysicsError` when a setting is not positive or the examples have another
    ///   shape than the model's pictures; `TorchError` when the model is singular.
    package init(
        model: Flow, placement: Placement, amplitude: Double = 1, background: Double = 0.01,
        zero: Double = 0, examples: Tensor? = nil, on device: Device = .cpu,
        _ type: DataType = .float32
    ) throws {
        let context = "noise of a model"
        guard amplitude.isFinite, amplitude > 0, background.isFinite, background > 0 else {
            let isAmplitude = !(amplitude.isFinite && amplitude > 0)
            throw PhysicsError(
                .setting(
                    isAmplitude ? "amplitude" : "background",
                    value: isAmplitude ? amplitude : background, expected: "positive and finite"),
                in: context)
        }
        if let examples,
            examples.count == 0 || Array(examples.shape.dropFirst()) != model.imageShape
        {
            throw PhysicsError(
                .shape(examples.shape, expected: "[count] + \(model.imageShape)"), in: context)
        }
        let frozen = try model.frozenFlow()
        self.init(
            frozen: frozen, placement, amplitude, background, zero, examples,
            try NoiseMoments(of: frozen, zero: zero, on: device, type), averageShare: 0)
    }

    /// The same density, which has not seen the examples: what a solver may know.
    package var withoutExamples: FlowNoise {
        FlowNoise(
            frozen: model, placement, amplitude, background, zero, nil, moments,
            averageShare: averageShare)
    }

    init(
        frozen: Flow, _ placement: Placement, _ amplitude: Double, _ background: Double,
        _ zero: Double, _ examples: Tensor?, _ moments: NoiseMoments, averageShare: Double
    ) {
        model = frozen
        self.placement = placement
        self.amplitude = amplitude
        self.background = background
        self.zero = zero
        self.examples = examples
        self.moments = moments
        self.averageShare = averageShare
    }

    package var isAdditive: Bool { true }

    package var character: NoiseCharacter {
        placement == .full ? .learnedThroughout : .learned
    }

    package func validate(_ shape: [Int]) throws(PhysicsError) {
        guard case .patches(let lists) = placement else {
            if shape == model.imageShape { return }
            throw PhysicsError(
                .shape(shape, expected: "\(model.imageShape), that of the model's pictures"),
                in: "noise of a model")
        }
        for list in lists {
            var taken = Set<Int>()
            for patch in list {
                try check(patch, in: shape)
                for index in indices(of: patch, in: shape) where !taken.insert(index).inserted {
                    throw PhysicsError(
                        .setting(
                            "row", value: Double(patch.row), expected: "clear of other patches"),
                        in: "patch of noise")
                }
            }
        }
    }

    /// The density of the model mixed with that of a Gaussian with the moments of its pictures.
    ///
    /// A flow of pictures is narrow: far from its pictures its gradient says nothing. The wide
    /// Gaussian shows the way there; what no patch covers stays as it is.
    package func softened(to floor: Double) -> any NoiseModel {
        FlowNoise(
            frozen: model, placement, amplitude, background, zero, examples, moments,
            averageShare: min(1, floor / (0.3 * amplitude)))
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        guard case .patches(let lists) = placement else { return self }
        return placing(samples.map { lists[$0] })
    }

    /// The same noise with other patches, a list for every sample.
    func placing(_ lists: [[NoisePatch]]) -> FlowNoise {
        FlowNoise(
            frozen: model, .patches(lists), amplitude, background, zero, examples, moments,
            averageShare: averageShare)
    }

    private func check(_ patch: NoisePatch, in shape: [Int]) throws(PhysicsError) {
        let (channels, height, width) = (
            model.imageShape[0], model.imageShape[1], model.imageShape[2]
        )
        let isColorRight =
            patch.channel.map { channels == 1 && (0..<(shape.first ?? 0)).contains($0) }
            ?? (channels == shape.first)
        guard shape.count == 3, isColorRight, patch.row >= 0, patch.column >= 0,
            patch.row <= shape[1] - height, patch.column <= shape[2] - width
        else {
            throw PhysicsError(
                .shape(
                    shape,
                    expected: "around a patch of \(model.imageShape) at row \(patch.row), column "
                        + "\(patch.column), channel \(patch.channel.map(String.init) ?? "all")"),
                in: "patch of noise")
        }
    }
}
