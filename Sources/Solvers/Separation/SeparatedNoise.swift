import Glibc
import Models
package import Physics
package import Tensors

/// Noise of a flow that is looked for beside the picture, with a little left over.
///
///     y = f(x) + n + r,   r ~ N(0, σ²)
///     log p(y, n | f(x)) = Σ log N(y − f(x) − n; 0, σ²) + βₙ Σ over patches log pN(n)
///
/// Where no patch lies n is 0, and σ the background of the noise. As a density without n it is that of
/// the flow alone.
///
/// Jayaram, Thickstun 2020, eq. 3, is the objective without βₙ. <https://arxiv.org/abs/2002.07942>
package struct SeparatedNoise: NoiseModel {
    package let flow: FlowNoise
    package let separation: Separation
    /// σ as it is now; it falls to that of `separation`.
    private let slack: Double
    /// Every sample has variables for as many patches, whatever samples it is solved with.
    private let patchCount: Int

    package init(_ flow: FlowNoise, _ separation: Separation) {
        self.init(
            flow, separation, slack: separation.slack, patchCount: max(flow.mostPatches, 1))
    }

    private init(
        _ flow: FlowNoise, _ separation: Separation, slack: Double, patchCount: Int
    ) {
        self.flow = flow
        self.separation = separation
        self.slack = slack
        self.patchCount = patchCount
    }

    package var isAdditive: Bool { true }

    package var character: NoiseCharacter { flow.character }

    package func validate(_ shape: [Int]) throws(PhysicsError) { try flow.validate(shape) }

    package func logDensity(
        _ measurement: Tensor, given clean: Tensor
    ) throws(TorchError) -> Tensor {
        try flow.logDensity(measurement, given: clean)
    }

    package func sample(
        given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) -> Tensor {
        try flow.sample(given: clean, from: &generator)
    }

    package func deviation(of measurement: Tensor) throws(TorchError) -> Tensor {
        try flow.deviation(of: measurement)
    }

    package func softened(to floor: Double) -> any NoiseModel {
        guard let softer = flow.softened(to: floor) as? FlowNoise else { return self }
        // A remainder that was free at first would take what belongs to the picture.
        let wider = separation.variables == .latents ? max(slack, floor) : slack
        return SeparatedNoise(softer, separation, slack: wider, patchCount: patchCount)
    }

    package func selecting(_ samples: [Int]) -> any NoiseModel {
        guard let fewer = flow.selecting(samples) as? FlowNoise else { return self }
        return SeparatedNoise(fewer, separation, slack: slack, patchCount: patchCount)
    }

    /// What a measurement is made of besides f(x).
    struct Parts {
        /// n, like the measurement.
        let noise: Tensor
        /// log p of it in every sample under the flow, in nats, `[batch]`.
        let logDensity: Tensor
        /// y − f(x) − n.
        let remainder: Tensor
        let layout: PatchLayout
    }

    /// What `variables` say of a measurement.
    ///
    /// - Throws: `TorchError` when a shape does not fit.
    func parts(
        _ measurement: Tensor, given clean: Tensor, _ variables: Tensor
    ) throws(TorchError) -> Parts {
        let layout = try PatchLayout(flow, count: patchCount, like: measurement)
        let residual = try measurement - clean
        let noise: Tensor
        let densities: Tensor
        switch separation.variables {
        case .remainder:
            noise = try (residual - variables) * layout.covered
            densities = try flow.density(ofPatches: layout.cut(noise))
        case .latents:
            let z = try variables.reshaped(to: [-1, flow.model.dimensions])
            let mapped = try flow.model.decode(z)
            noise = try layout.placed((mapped.value - flow.zero) * flow.amplitude)
            let volume = Double(flow.model.dimensions) * log(flow.amplitude)
            densities = try Flow.logNormal(z) - mapped.logDeterminant - volume
        }
        let sums = try (densities * layout.present)
            .reshaped(to: [measurement.shape[0], layout.count]).sum(over: [1])
        return Parts(
            noise: noise, logDensity: sums, remainder: try residual - noise, layout: layout)
    }

    /// log p(y, n | f(x)), in nats, `[batch]`.
    ///
    /// - Throws: `TorchError` when a shape does not fit.
    func logDensity(
        _ measurement: Tensor, given clean: Tensor, variables: Tensor
    ) throws(TorchError) -> Tensor {
        let parts = try parts(measurement, given: clean, variables)
        let covered = parts.layout.covered
        let width = try covered * slack + (1 - covered) * flow.background
        let misfit =
            try (parts.remainder / width).square() * 0.5 + width.log()
            + 0.5 * log(2 * Double.pi)
        return try parts.logDensity * separation.weight - misfit.sumPerSample()
    }

    /// The shape of what is varied, without the batch.
    func variableShape(like measurement: Tensor) -> [Int] {
        guard separation.variables == .latents else { return Array(measurement.shape.dropFirst()) }
        return [patchCount * flow.model.dimensions]
    }

    /// Where the search for noise begins when the picture leaves `residual` of the measurement.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func start(_ residual: Tensor) throws(TorchError) -> Tensor {
        guard separation.variables == .latents else { return try residual.filled(with: 0) }
        let pictures =
            try PatchLayout(flow, count: patchCount, like: residual).cut(residual) / flow.amplitude
            + flow.zero
        let z = try LatentSpace.withinReach(flow.model.encode(pictures.clamped(0, 1)).value)
        return try z.reshaped(to: [residual.shape[0], -1])
    }
}
