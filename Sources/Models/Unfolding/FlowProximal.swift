import Glibc
package import Tensors

/// A flow as a proximal map: the latents of a picture, drawn towards the most likely one.
///
///     x′ = decode(encode(x) / (1 + λ)),  λ = softplus(u) ≥ 0
///
/// λ is one number, or one for every level of the flow. Where a logit ends, pictures are cut off at
/// half its margin.
///
/// Wei et al. 2022, eq. 9–11. <https://arxiv.org/abs/2107.02848>
package struct FlowProximal: ProximalMap {
    let flow: Flow
    /// u, with one element or one for every level.
    let shrinkage: Tensor
    package let parameterCount: Int

    init(flow: Flow, shrinkage: Tensor) {
        self.flow = flow
        self.shrinkage = shrinkage
        parameterCount = flow.parameterCount + shrinkage.count
    }

    /// The u of a λ that is not trained: log(e^λ − 1), which does not overflow in this form.
    static func stored(_ lambda: Double) -> Double { lambda + log1p(-exp(-lambda)) }

    /// The λ, one or one for every level.
    package func shrinkages() throws(TorchError) -> [Double] {
        try shrinkage.detached().softplus().doubles()
    }

    package func output(for x: Tensor, _ mode: ProximalMode) throws(TorchError) -> Tensor {
        try flow.decode(flow.encode(confined(x)).value / factor()).value
    }

    package func start(on x: Tensor) throws(TorchError) -> Tensor {
        try flow.decode(flow.start(on: confined(x)).value / factor()).value
    }

    package func trace(
        _ result: Traced, from x: Tensor
    ) throws -> (gradient: Tensor, drift: Double) {
        let shrunk = try flow.traceDecode(result)
        let latents = try shrunk.traced(
            back: { try $0 * factor() }, forth: { try $0 / factor() })
        let found = try flow.traceEncode(latents)
        let drift = try withoutGradient {
            try (found.value - confined(x)).magnitude().largest().item()
        }
        guard case .logit = flow.support else { return (found.gradient, drift) }
        let begin = try found.traced(back: { _ in x }, forth: { try confined($0) })
        return (begin.gradient, drift)
    }

    package func frozen() throws(TorchError) -> any ProximalMap {
        FlowProximal(flow: try flow.frozenFlow(), shrinkage: try shrinkage.detached())
    }

    /// 1 + λ, `[1]` or `[dimensions]`.
    private func factor() throws(TorchError) -> Tensor {
        let factors = try shrinkage.softplus() + 1
        guard shrinkage.count > 1 else { return factors }
        var pieces: [Tensor] = []
        for (index, shape) in flow.latentShapes.enumerated() {
            let piece = try factors.slice(index..<index + 1, along: 0)
            pieces.append(try piece.expanded(to: [shape.reduce(1, *)]))
        }
        return try .concatenated(pieces, along: 0)
    }

    private func confined(_ x: Tensor) throws(TorchError) -> Tensor {
        guard case .logit(let margin) = flow.support else { return x }
        let reach = margin / (1 - 2 * margin) / 2
        return try x.clamped(-reach, 1 + reach)
    }
}
