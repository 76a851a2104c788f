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
    /// Conventions in which programs differ.
    package struct Form: Sendable {
        package enum Order: Sendable {
            /// moved · scale + shift
            case scaleFirst
            /// (moved + shift) · scale
            case shiftFirst
        }

        package var order: Order
        /// Whether the network is shown the board as one more channel.
        package var showsBoard: Bool

        package init(order: Order = .scaleFirst, showsBoard: Bool = true) {
            self.order = order
            self.showsBoard = showsBoard
        }
    }

    let mask: CouplingMask
    let scaleMap: ScaleMap
    let conditioner: any Conditioner
    let form: Form

    package init(
        _ mask: CouplingMask, _ scaleMap: ScaleMap, _ conditioner: any Conditioner,
        _ form: Form = Form()
    ) {
        self.mask = mask
        self.scaleMap = scaleMap
        self.conditioner = conditioner
        self.form = form
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        try mapped(x) { (held) throws(TorchError) in try conditioner.output(for: held) }
    }

    package func start(on x: Tensor) throws(TorchError) -> Mapped {
        try mapped(x) { (held) throws(TorchError) in try conditioner.start(on: held) }
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let parts = try parts(of: z)
        let steering = try steering(
            conditioner.output(for: seen(parts.held, parts.squares)).converted(to: z.dataType()),
            parts.squares)
        let x = try joined(
            parts.held, steering.restored(parts.moved, form.order), parts.squares)
        return Mapped(x, logDeterminant: try -steering.logScale.sumPerSample())
    }

    package func frozen() throws(TorchError) -> any Bijection {
        AffineCoupling(mask, try scaleMap.frozen(), try conditioner.frozen(), form)
    }

    private func mapped(
        _ x: Tensor, _ network: (Tensor) throws(TorchError) -> Tensor
    ) throws(TorchError) -> Mapped {
        let parts = try parts(of: x)
        // A network may compute in half precision; scales and volumes never do.
        let steering = try steering(
            network(seen(parts.held, parts.squares)).converted(to: x.dataType()), parts.squares)
        let z = try joined(parts.held, steering.moved(parts.moved, form.order), parts.squares)
        return Mapped(z, logDeterminant: try steering.logScale.sumPerSample())
    }
}

extension AffineCoupling {
    /// What a coupling does with its input.
    struct Parts {
        let held: Tensor
        let moved: Tensor
        /// 1 where something moves on a checkerboard.
        var squares: Tensor?
    }

    func parts(of x: Tensor) throws(TorchError) -> Parts {
        guard mask.isCheckerboard else {
            let (held, moved) = try mask.split(x)
            return Parts(held: held, moved: moved)
        }
        let squares = try mask.squares(like: x)
        return Parts(held: try x * (1 - squares), moved: try x * squares, squares: squares)
    }

    /// What the network gets to see of the half that stays.
    func seen(_ held: Tensor, _ squares: Tensor?) throws(TorchError) -> Tensor {
        guard let squares, form.showsBoard else { return held }
        return try held.marked(with: squares)
    }

    func joined(
        _ held: Tensor, _ moved: Tensor, _ squares: Tensor?
    ) throws(TorchError) -> Tensor {
        try squares == nil ? mask.merge(held: held, moved: moved) : held + moved
    }

    /// Log-scale and shift from the network's output, zero where nothing moves.
    func steering(
        _ output: Tensor, _ squares: Tensor?
    ) throws(TorchError) -> Steering {
        let channels = output.shape[1]
        let logScale = try scaleMap.logScale(output.slice(0..<channels / 2, along: 1))
        let shift = try output.slice(channels / 2..<channels, along: 1)
        guard let squares else { return Steering(logScale: logScale, shift: shift) }
        return Steering(logScale: try logScale * squares, shift: try shift * squares)
    }

    /// How far every element moves.
    struct Steering {
        let logScale: Tensor
        let shift: Tensor

        func moved(_ x: Tensor, _ order: Form.Order) throws(TorchError) -> Tensor {
            switch order {
            case .scaleFirst: try x * logScale.exp() + shift
            case .shiftFirst: try (x + shift) * logScale.exp()
            }
        }

        func restored(_ z: Tensor, _ order: Form.Order) throws(TorchError) -> Tensor {
            switch order {
            case .scaleFirst: try (z - shift) * (-logScale).exp()
            case .shiftFirst: try z * (-logScale).exp() - shift
            }
        }
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
