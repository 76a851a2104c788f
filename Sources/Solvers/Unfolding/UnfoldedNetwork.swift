package import Models
package import Physics
package import Tensors

/// Proximal gradient descent with a learned proximal map, unfolded into a network of K folds.
///
///     x̃ = x + μ Aᵀ(y − A x), x within [−1, 2];  x′ = prox(x̃);  μ = step / ‖A‖²
///
/// It begins with one picture for all measurements, the most likely one.
///
/// Wei et al. 2022, eq. 8–11, with the sign of eq. 8 that goes down.
/// <https://arxiv.org/abs/2107.02848>
package struct UnfoldedNetwork: Sendable {
    package let model: UnfoldedModel
    package let forward: any LinearOperator

    package init(_ model: UnfoldedModel, measuredBy forward: any LinearOperator) {
        self.model = model
        self.forward = forward
    }

    /// The pictures that were measured as `y`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func pictures(of y: Tensor, _ mode: ProximalMode) throws -> Tensor {
        var x = try first(for: y)
        for fold in model.folds.indices { x = try picture(after: fold, of: x, y, mode) }
        return x
    }

    /// The picture before the first fold, once for every measurement.
    func first(for y: Tensor) throws(TorchError) -> Tensor {
        try model.first.expanded(to: [y.shape.first ?? 0] + model.imageShape)
    }

    /// The picture after a fold that begins with `x`.
    func picture(
        after fold: Int, of x: Tensor, _ y: Tensor, _ mode: ProximalMode
    ) throws(TorchError) -> Tensor {
        let near = try stepped(x, towards: y, in: fold)
        guard model.hasMap(fold: fold) else { return near }
        return try model.folds[fold].proximal.output(for: near, mode)
    }

    /// ‖y − A x‖² of every picture.
    func misfits(of x: Tensor, _ y: Tensor) throws -> [Double] {
        try (y - forward.apply(x)).square().sumPerSample().doubles()
    }

    /// Pixels beyond are not those of pictures: a flow that meets them answers with worse.
    static let reach = -1.0...2.0

    /// x̃, nearer to the measurement.
    func stepped(
        _ x: Tensor, towards y: Tensor, in fold: Int
    ) throws(TorchError) -> Tensor {
        let x = try x.clamped(Self.reach.lowerBound, Self.reach.upperBound)
        let scale = 1 / (forward.normBound * forward.normBound)
        let descent = try forward.adjoint(y - forward.apply(x))
        return try x + descent * (model.folds[fold].step * scale)
    }

    /// Sets what begins with the statistics of a first batch.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func start(on pictures: Tensor, measuredAs y: Tensor) throws {
        try model.begin(with: pictures)
        var x = try first(for: y)
        for fold in model.folds.indices {
            let near = try stepped(x, towards: y, in: fold)
            x = try model.folds[fold].proximal.start(on: near)
        }
    }
}
