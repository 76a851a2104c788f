import Tensors

extension Trainer {
    /// One turn of a step; the norm is not finite when nothing was changed.
    mutating func take(
        _ turn: Int, _ x: Tensor, _ rate: Double
    ) throws -> (norm: Double, figure: Double) {
        let (gradients, figure) = try gradients(turn, x)
        guard figure.isFinite else { return (.nan, .nan) }
        let norm = try clipNorm(of: gradients, to: recipe.maximumGradientNorm)
        guard norm.isFinite else { return (norm, .nan) }
        let factors = objective.names(of: store, in: turn).map(objective.rateFactor)
        try optimizers[turn].step(gradients, learningRates: factors.map { $0 * rate })
        return (norm, figure)
    }

    /// The mean gradients and the mean figure of the parts of a batch, over all processes.
    ///
    /// Nothing but memory depends on the number of parts where pictures do not influence each
    /// other.
    private func gradients(
        _ turn: Int, _ x: Tensor
    ) throws -> (gradients: [Tensor], figure: Double) {
        let parts = recipe.parts * (group?.size ?? 1)
        let length = recipe.batch / parts
        let first = recipe.parts * (group?.rank ?? 0)
        var sums: [Tensor] = []
        var figure = 0.0
        for part in first..<first + recipe.parts {
            let piece = try x.slice(part * length..<(part + 1) * length, along: 0)
            let found = try gradients(turn, piece, part: part)
            figure += found.figure / Double(parts)
            for (index, gradient) in found.gradients.enumerated() where !sums.isEmpty {
                try sums[index].accumulate(gradient, times: 1)
            }
            if sums.isEmpty { sums = found.gradients }
        }
        return (try shared(sums, parts, &figure), figure)
    }

    private func gradients(
        _ turn: Int, _ x: Tensor, part: Int
    ) throws -> (gradients: [Tensor], figure: Double) {
        // One alone needs no number: what it draws does not depend on how it could be shared.
        var random = streams["turn-\(turn)-\(state.step)" + (part == 0 ? "" : "-\(part)")]
        let parameters = optimizers[turn].parameters
        let isHalf = recipe.precision == .bfloat16
        let pushed = try withHalfPrecision(isHalf, on: device) {
            try objective.pushGradients(for: x, turn: turn, random: &random)
        }
        if let pushed { return (try parameters.map { try $0.takeGradient() }, pushed) }
        let loss = try withHalfPrecision(isHalf, on: device) {
            try objective.loss(of: x, turn: turn, random: &random)
        }
        return (try loss.total.gradients(of: parameters), loss.figure)
    }

    /// The mean over `parts` of sums of gradients, and the sum of the figures, of all processes.
    private func shared(
        _ sums: [Tensor], _ parts: Int, _ figure: inout Double
    ) throws -> [Tensor] {
        if let group {
            figure = try group.sum([figure])[0]
            try group.sum(sums)
        }
        guard parts > 1 else { return sums }
        return try sums.map { try $0 * (1 / Double(parts)) }
    }
}
