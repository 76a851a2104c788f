import Models
package import Tensors

/// How gradients of an unfolded network are found.
package enum GradientMethod: Sendable {
    /// All activations of all folds are kept.
    case backPropagation
    /// The picture after every fold is kept and nothing else: from there a fold is gone through
    /// backwards, a flow layer by layer by its inverse.
    case recomputation
}

extension UnfoldedNetwork {
    /// What went through the network once, there and back.
    package struct Pass: Sendable {
        /// The loss of the batch.
        package let loss: Double
        /// The largest distance, in values of a pixel, by which an inverse missed the picture that a
        /// fold had come from.
        package let drift: Double
    }

    /// The largest drift that gradients are trusted with, in values of a pixel.
    package static let largestDrift = 0.01

    /// Finds the gradients of a loss of the last pictures, for the parameters to take.
    ///
    /// - Parameters:
    ///   - y: the measurement.
    ///   - method: keeps activations, or computes them again.
    ///   - loss: one number for a batch of pictures.
    /// - Returns: what was seen on the way.
    /// - Throws: `SolverError` when a flow could not be inverted, what `loss` throws, `TorchError`.
    package func pushGradients(
        of y: Tensor, by method: GradientMethod, loss: (Tensor) throws -> Tensor
    ) throws -> Pass {
        guard method == .recomputation else {
            let value = try loss(pictures(of: y, .following))
            try Tensor.pushGradients([value.filled(with: 1)], of: [value])
            return Pass(loss: try value.item(), drift: 0)
        }
        var pictures = [try first(for: y)]
        for fold in model.folds.indices {
            let last = pictures[fold]
            pictures.append(
                try withoutGradient { try picture(after: fold, of: last, y, .following) })
        }
        let end = try pictures[model.folds.count].leaf()
        let value = try loss(end)
        try Tensor.pushGradients([value.filled(with: 1)], of: [value])
        let drift = try trace(Traced(end, gradient: end.takeGradient()), through: pictures, y)
        return Pass(loss: try value.item(), drift: drift)
    }

    /// Goes back through all folds, whose pictures are known.
    private func trace(
        _ end: Traced, through pictures: [Tensor], _ y: Tensor
    ) throws -> Double {
        var gradient = end.gradient
        var drift = 0.0
        for fold in model.folds.indices.reversed() {
            let x = try pictures[fold].leaf()
            let near = try withGradient { try stepped(x, towards: y, in: fold) }
            if model.hasMap(fold: fold) {
                let found = try model.folds[fold].proximal.trace(
                    Traced(pictures[fold + 1], gradient: gradient), from: near.detached())
                try check(found.drift, fold)
                (gradient, drift) = (found.gradient, max(drift, found.drift))
            }
            try Tensor.pushGradients([gradient], of: [near])
            gradient = try x.takeGradient()
        }
        return drift
    }

    private func check(_ drift: Double, _ fold: Int) throws(SolverError) {
        guard drift <= Self.largestDrift else {
            throw SolverError(.drift(drift, fold: fold, largest: Self.largestDrift), in: "unfolded")
        }
    }
}
