package import Tensors

/// The hyper-parameters of an unfolded network.
package struct UnfoldedSettings: ArchitectureSettings {
    /// What the last fold does after its step towards the measurement.
    package enum LastFold: String, Codable, Sendable {
        /// The same as the others.
        case shrink
        /// Nothing: what eq. 12 of Wei et al. says, where encoding and decoding cancel out.
        case literal
    }

    /// What a λ is for.
    package enum Shrinkages: String, Codable, Sendable {
        /// All latents of a fold.
        case one
        /// Those of one level of the flow.
        case levels
    }

    package var folds: Int
    package var proximal: ProximalSettings
    package var lastFold: LastFold
    package var shrinkages: Shrinkages
    /// What every λ is before training.
    package var shrinkage: Double
    /// What the steps of all folds but the first are before training, in units of 1/‖A‖²; nil is 1.
    ///
    /// Where every pixel is measured by itself, a step of 1 leaves nothing of the picture before it, so
    /// that earlier folds have no say and learn nothing. The first one begins with a picture that knows
    /// nothing of the measurement.
    package var step: Double?

    package init(
        folds: Int, proximal: ProximalSettings, lastFold: LastFold = .shrink,
        shrinkages: Shrinkages = .one, shrinkage: Double = 0.1, step: Double? = nil
    ) {
        self.folds = folds
        self.proximal = proximal
        self.lastFold = lastFold
        self.shrinkages = shrinkages
        self.shrinkage = shrinkage
        self.step = step
    }

    enum CodingKeys: String, CodingKey {
        case folds, proximal, shrinkages, shrinkage, step
        case lastFold = "last_fold"
    }
}

extension UnfoldedSettings {
    package var sideFactor: Int { proximal.sideFactor }

    package var isSensible: Bool {
        (1...1000).contains(folds) && proximal.isSensible && shrinkage > 0 && shrinkage < 1e6
            && (0...2).contains(step ?? 1) && (folds > 1 || lastFold == .shrink)
    }

    package var summary: String { "unfolded, folds: \(folds), each a \(proximal.summary)" }

    package func generator(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> any PictureGenerator {
        try model(imageShape: imageShape, in: scope)
    }

    /// A network for pictures of `imageShape`, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func model(
        imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> UnfoldedModel {
        let first = try scope.buffer(UnfoldedModel.firstName, [1] + imageShape, .constant(0.5))
        var built: [UnfoldedModel.Fold] = []
        for index in 0..<folds {
            let place = scope / UnfoldedModel.foldsName / index
            let proximal = try map(imageShape, in: place)
            let parameters = place.parameters
            let step = try place.parameter(
                UnfoldedModel.stepName, [1], .constant(index == 0 ? 1 : step ?? 1))
            built.append(
                UnfoldedModel.Fold(step: step, proximal: proximal, parameters: parameters))
        }
        return UnfoldedModel(
            imageShape: imageShape, first: first, folds: built, lastFold: lastFold,
            parameterCount: scope.parameterCount)
    }

    private func map(
        _ imageShape: [Int], in scope: ParameterScope
    ) throws(TorchError) -> any ProximalMap {
        let place = scope / UnfoldedModel.proximalName
        switch proximal {
        case .flow(let architecture):
            let flow = try architecture.flow(imageShape: imageShape, in: place)
            let count = shrinkages == .one ? 1 : flow.latentShapes.count
            let shrinkage = try scope.parameter(
                "shrinkage", [count], .constant(FlowProximal.stored(shrinkage)))
            return FlowProximal(flow: flow, shrinkage: shrinkage)
        case .resnet(let settings):
            return try ResNetProximal(settings, channels: imageShape[0], in: place)
        case .unet(let settings):
            return try UNetProximal(settings, channels: imageShape[0], in: place)
        }
    }
}
