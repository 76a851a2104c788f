package import Tensors

/// An affine coupling: half of the input moves, steered by the half that stays.
///
///     (held, moved) = split(x);  (u, t) = network(held);  z = merge(held, moved · exp(s(u)) + t)
///
/// log |det ∂z/∂x| is the sum of s over the moved half. On a checkerboard the network sees the
/// whole picture with the moving squares blanked, and the board as one more channel.
///
/// Dinh, Sohl-Dickstein, Bengio 2017, eq. 4–8. <https://arxiv.org/abs/1605.08803>
package struct AffineCoupling: Bijection {
    let mask: CouplingMask
    let scaleMap: ScaleMap
    let conditioner: any Conditioner

    package init(_ mask: CouplingMask, _ scaleMap: ScaleMap, _ conditioner: any Conditioner) {
        self.mask = mask
        self.scaleMap = scaleMap
        self.conditioner = conditioner
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        try mapped(x) { (held) throws(TorchError) in try conditioner.output(for: held) }
    }

    package func start(on x: Tensor) throws(TorchError) -> Mapped {
        try mapped(x) { (held) throws(TorchError) in try conditioner.start(on: held) }
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        if mask.isCheckerboard {
            let squares = try mask.squares(like: z)
            let held = try z * (1 - squares)
            let (logScale, shift) = try steering(
                conditioner.output(for: held.marked(with: squares)), squares)
            let x = try held + (z * squares - shift) * (-logScale).exp()
            return Mapped(x, logDeterminant: try -logScale.sumPerSample())
        }
        let (held, moved) = try mask.split(z)
        let (logScale, shift) = try steering(conditioner.output(for: held), nil)
        let x = try mask.merge(held: held, moved: (moved - shift) * (-logScale).exp())
        return Mapped(x, logDeterminant: try -logScale.sumPerSample())
    }

    package func frozen() throws(TorchError) -> any Bijection {
        AffineCoupling(mask, try scaleMap.frozen(), try conditioner.frozen())
    }

    private func mapped(
        _ x: Tensor, _ network: (Tensor) throws(TorchError) -> Tensor
    ) throws(TorchError) -> Mapped {
        if mask.isCheckerboard {
            let squares = try mask.squares(like: x)
            let held = try x * (1 - squares)
            let (logScale, shift) = try steering(network(held.marked(with: squares)), squares)
            let z = try held + (x * squares) * logScale.exp() + shift
            return Mapped(z, logDeterminant: try logScale.sumPerSample())
        }
        let (held, moved) = try mask.split(x)
        let (logScale, shift) = try steering(network(held), nil)
        let z = try mask.merge(held: held, moved: moved * logScale.exp() + shift)
        return Mapped(z, logDeterminant: try logScale.sumPerSample())
    }

    /// Log-scale and shift from the network's output, zero where nothing moves.
    private func steering(
        _ output: Tensor, _ squares: Tensor?
    ) throws(TorchError) -> (logScale: Tensor, shift: Tensor) {
        let channels = output.shape[1]
        let logScale = try scaleMap.logScale(output.slice(0..<channels / 2, along: 1))
        let shift = try output.slice(channels / 2..<channels, along: 1)
        guard let squares else { return (logScale, shift) }
        return (try logScale * squares, try shift * squares)
    }
}

extension Tensor {
    /// The pictures with the board as one more channel.
    fileprivate func marked(with squares: Tensor) throws(TorchError) -> Tensor {
        let (batch, _, height, width) = try pictureShape("coupling", evenSides: false)
        let board = try squares.expanded(to: [batch, 1, height, width])
        return try .concatenated([self, board], along: 1)
    }
}
