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
        package var drift = 0.0
        /// The folds whose inverse missed it by too much, so that they were gone through forwards.
        package var repeated: [Int] = []
    }

    /// The largest drift that gradients are trusted with, in values of a pixel.
    package static let largestDrift = 0.01

    /// The largest mean squared error at which the pictures after a fold count as pictures.
    ///
    /// Beyond it, as in the first steps of a prior that was never shown noise, or where one picture of
    /// a batch explodes, nothing can be expected of inverses.
    package static let largestError = 1.0

    /// Finds the gradients of the mean squared error of the last pictures, for the parameters to
    /// take.
    ///
    /// A loss that is not finite has no gradients.
    ///
    /// - Parameters:
    ///   - y: the measurement.
    ///   - truth: what was measured.
    ///   - method: keeps activations, or computes them again.
    /// - Returns: what was seen on the way.
    /// - Throws: `SolverError` when a flow that makes sensible pictures cannot be inverted, or
    ///   `TorchError`.
    package func pushGradients(
        of y: Tensor, truth: Tensor, by method: GradientMethod
    ) throws -> Pass {
        guard method == .recomputation else {
            let error = try (pictures(of: y, .following) - truth).square().mean()
            try Tensor.pushGradients([error.filled(with: 1)], of: [error])
            return Pass(loss: try error.item())
        }
        var pictures = [try first(for: y)]
        for fold in model.folds.indices {
            let last = pictures[fold]
            pictures.append(
                try withoutGradient { try picture(after: fold, of: last, y, .following) })
        }
        let end = try pictures[model.folds.count].leaf()
        let error = try (end - truth).square().mean()
        var pass = Pass(loss: try error.item())
        guard pass.loss.isFinite else { return pass }
        try Tensor.pushGradients([error.filled(with: 1)], of: [error])
        try trace(end.takeGradient(), through: pictures, y, truth, &pass)
        return pass
    }

    /// Goes back through all folds, whose pictures are known.
    private func trace(
        _ end: Tensor, through pictures: [Tensor], _ y: Tensor, _ truth: Tensor,
        _ pass: inout Pass
    ) throws {
        var gradient = end
        for fold in model.folds.indices.reversed() {
            let x = try pictures[fold].leaf()
            let near = try withGradient { try stepped(x, towards: y, in: fold) }
            if model.hasMap(fold: fold) {
                gradient = try traceMap(
                    fold, Traced(pictures[fold + 1], gradient: gradient), from: near.detached(),
                    truth, &pass)
            }
            try Tensor.pushGradients([gradient], of: [near])
            gradient = try x.takeGradient()
        }
    }

    /// From the result of a proximal map to the gradient of what it was made of.
    private func traceMap(
        _ fold: Int, _ result: Traced, from near: Tensor, _ truth: Tensor, _ pass: inout Pass
    ) throws -> Tensor {
        let (proximal, parameters) = (model.folds[fold].proximal, model.folds[fold].parameters)
        let (gradient, drift) = try proximal.trace(result, from: near)
        pass.drift = max(pass.drift, drift.isNaN ? .infinity : drift)
        if drift <= Self.largestDrift { return gradient }
        // Later folds may mend what this one made of a picture.
        let error = try (result.value.detached() - truth).square().mean().item()
        guard !(error <= Self.largestError) else {
            throw SolverError(.drift(drift, fold: fold, largest: Self.largestDrift), in: "unfolded")
        }
        // What they were given on the way to a wrong place does not count.
        for parameter in parameters { _ = try parameter.takeGradient() }
        pass.repeated.append(fold)
        return try proximal.traceForwards(result, from: near)
    }
}
