import Jobs
import Physics
import Solvers
import Tensors

extension PreparedJob {
    /// Whether noise is added to the measurement, and can be told from it: exact measurements have none.
    var hasAddedNoise: Bool {
        noise.model.isAdditive && noise.model.character != .exact
    }

    /// Whether the measurement is 0 in some places whatever the noise is, which says nothing of it.
    private var hidesPixels: Bool {
        for step in spec.forward {
            if case .mask = step { return true }
        }
        return false
    }

    /// What was added to the pictures of `range`, nil where that is not known or no picture.
    ///
    /// - Throws: `TorchError` when memory is short.
    func trueNoise(_ range: Range<Int>) throws(TorchError) -> Tensor? {
        guard let truth, hasAddedNoise, measurement.shape.count == 4, !hidesPixels else {
            return nil
        }
        let part = try truth.slice(range, along: 0)
        return try measurement.slice(range, along: 0) - forward.apply(part)
    }

    /// How probable its model finds the noise of `range`, nil where it has none.
    ///
    /// - Parameters:
    ///   - noise: like the measurement.
    ///   - range: the places of its pictures in the job.
    ///   - findings: what was found out about it.
    /// - Returns: one for every picture.
    /// - Throws: `TorchError` when memory is short.
    func noiseTraits(
        of noise: Tensor, _ range: Range<Int>, _ findings: [Solution.Finding]
    ) throws(TorchError) -> [FlowNoise.Traits?]? {
        guard let bits = self.noise.bits else { return nil }
        let model = self.noise.model.selecting(Array(range))
        guard let flow = model.learned(findings) else { return nil }
        guard self.noise.separation != nil || flow.judgesRemainders else { return nil }
        return try flow.traits(of: noise, bits: bits)
    }
}

extension NoiseModel {
    /// The noise as that of a flow in known places, nil where it is none.
    fileprivate func learned(_ findings: [Solution.Finding]) -> FlowNoise? {
        switch self {
        case let flow as FlowNoise: flow
        case let separated as SeparatedNoise: separated.flow
        case let unplaced as UnplacedFlowNoise: unplaced.placed(by: findings)
        default: nil
        }
    }
}
