import Tensors

/// Coefficients with what is measured of them and the gradient there, which depend on them
/// linearly: between points they are mixed, not computed.
struct ProximalPoint {
    let coefficients: Tensor
    /// A x − y.
    let residual: Tensor
    /// 2 W Aᵀ (A x − y).
    let gradient: Tensor

    /// The point beyond this one as seen from `other`, sample by sample: this + m (this − other).
    ///
    /// - Throws: `TorchError` when memory is short.
    func extrapolated(
        from other: ProximalPoint, by momentum: [Double]
    ) throws(TorchError) -> ProximalPoint {
        func mixed(_ mine: Tensor, _ theirs: Tensor) throws(TorchError) -> Tensor {
            try mine + (mine - theirs) * Tensor.perSample(momentum, like: mine)
        }
        return ProximalPoint(
            coefficients: try mixed(coefficients, other.coefficients),
            residual: try mixed(residual, other.residual),
            gradient: try mixed(gradient, other.gradient))
    }

    /// This point for the samples that rest, `moved` for the others.
    ///
    /// - Throws: `TorchError` when memory is short.
    func kept(
        for isResting: [Bool], else moved: ProximalPoint
    ) throws(TorchError) -> ProximalPoint {
        guard isResting.contains(true) else { return moved }
        func chosen(_ mine: Tensor, _ theirs: Tensor) throws(TorchError) -> Tensor {
            try mine.chosen(where: .choosing(isResting, like: mine), else: theirs)
        }
        return ProximalPoint(
            coefficients: try chosen(coefficients, moved.coefficients),
            residual: try chosen(residual, moved.residual),
            gradient: try chosen(gradient, moved.gradient))
    }

    /// How far the optimality conditions for every sample's `penalty` are missed: the largest
    /// |g + λ sign(c)| where c is not 0, and |g| − λ where it is.
    ///
    /// - Throws: `TorchError` when memory is short.
    func violation(of penalty: [Double]) throws(TorchError) -> [Double] {
        let lambda = try Tensor.perSample(penalty, like: gradient)
        let active = try (gradient + coefficients.sign() * lambda).magnitude()
        let passive = try (gradient.magnitude() - lambda).relu()
        return try passive.chosen(where: coefficients.isZero(), else: active)
            .largest(over: [1, 2, 3]).doubles()
    }
}

extension Tensor {
    /// Every number drawn towards 0 by the number of its sample.
    ///
    /// - Throws: `TorchError` when memory is short.
    func shrunk(by amounts: [Double]) throws(TorchError) -> Tensor {
        try (magnitude() - Tensor.perSample(amounts, like: self)).relu() * sign()
    }
}
