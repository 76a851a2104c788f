package import Tensors

/// What an unfolded network has learnt: a first picture, and for every fold a step towards the
/// measurement and a proximal map.
///
/// Wei et al. 2022, section V. <https://arxiv.org/abs/2107.02848>
package struct UnfoldedModel: Sendable {
    /// What is done between two pictures.
    package struct Fold: Sendable {
        /// The step in units of 1/‖A‖², `[1]`.
        package let step: Tensor
        package let proximal: any ProximalMap
        /// What is trained of the map; empty when nothing is.
        package var parameters: [Tensor] = []
    }

    static let firstName = "first"
    static let foldsName = "folds"
    static let proximalName = "proximal"
    static let stepName = "step"

    /// Whether a parameter is a step or a shrinkage, and not one of a proximal map.
    package static func isOfFold(_ name: String) -> Bool {
        name.split(separator: ".").count == 3 && name.hasPrefix("\(foldsName).")
    }

    /// Channels, height and width of a picture.
    package let imageShape: [Int]
    /// The picture before the first fold, `[1, channel, height, width]`: the most likely one.
    package let first: Tensor
    package let folds: [Fold]
    package let lastFold: UnfoldedSettings.LastFold
    package let parameterCount: Int

    /// Whether the proximal map of a fold has a say.
    package func hasMap(fold: Int) -> Bool { lastFold == .shrink || fold < folds.count - 1 }

    /// The same network for use without training.
    ///
    /// - Throws: `TorchError` when a matrix is singular.
    package func frozen() throws(TorchError) -> UnfoldedModel {
        var frozen: [Fold] = []
        for fold in folds {
            frozen.append(
                Fold(step: try fold.step.detached(), proximal: try fold.proximal.frozen()))
        }
        return UnfoldedModel(
            imageShape: imageShape, first: first, folds: frozen, lastFold: lastFold,
            parameterCount: parameterCount)
    }

    /// Begins with the mean of `pictures`, for networks that know no more likely one.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func begin(with pictures: Tensor) throws(TorchError) {
        try first.overwrite(with: pictures.mean(over: [0], keepingAxes: true))
    }
}

extension UnfoldedModel {
    /// The same flow in every fold, with a step and a shrinkage that were set by hand: proximal
    /// gradient descent with the flow plugged in.
    ///
    /// - Parameters:
    ///   - flow: frozen.
    ///   - folds: how often.
    ///   - step: in units of 1/‖A‖².
    ///   - shrinkage: λ.
    ///   - type: of the numbers.
    ///   - device: where they are.
    /// - Throws: `TorchError` when memory is short.
    package init(
        repeating flow: Flow, folds: Int, step: Double, shrinkage: Double, _ type: DataType,
        on device: Device
    ) throws(TorchError) {
        let origin = try flow.mostLikely(type, on: device)
        let proximal = FlowProximal(
            flow: flow,
            shrinkage: try .full([1], FlowProximal.stored(shrinkage), type, on: device))
        let fold = Fold(step: try .full([1], step, type, on: device), proximal: proximal)
        self.init(
            imageShape: flow.imageShape, first: origin,
            folds: Array(repeating: fold, count: folds), lastFold: .shrink,
            parameterCount: flow.parameterCount)
    }
}

extension Flow {
    /// The most likely picture by its latents, g(0), `[1, channel, height, width]`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func mostLikely(
        _ type: DataType = .float32, on device: Device = .cpu
    ) throws(TorchError) -> Tensor {
        try decode(.zeros([1, dimensions], type, on: device)).value
    }
}
