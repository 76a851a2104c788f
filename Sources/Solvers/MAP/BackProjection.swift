import Models
import Physics
import Tensors

/// A first picture from numbers that are no linear function of the picture, such as signs.
///
///     g = ∇ ⟨y, f(x)⟩,  x = D(c g, c σ)
///
/// For signs of random sums g is Aᵀy, which is the picture times an unknown number, and noise that
/// looks white. c gives it the energy that pictures of the prior have, σ comes from the finest
/// details of g, and D is BM3D.
struct BackProjection {
    /// Of what is measured, as much belongs to the picture at least.
    private static let leastShare = 0.05

    let problem: Problem
    let prior: Flow
    let imageShape: [Int]

    /// One for every sample, within [0, 1].
    ///
    /// - Throws: `TorchError` when memory is short.
    func pictures() throws -> Tensor {
        let shape = [problem.measurement.shape[0]] + imageShape
        let y = problem.measurement
        let leaf = try Tensor.full(shape, 0.5, y.dataType(), on: y.device()).leaf()
        let product = try withGradient { try (problem.forward.apply(leaf) * y).sum() }
        let g = try product.gradients(of: [leaf])[0].detached()
        return try withoutGradient { try denoised(g).clamped(0, 1) }
    }

    private func denoised(_ g: Tensor) throws -> Tensor {
        let details = try FineDetails.diagonals(everywhereIn: g)
        let power = try g.square().mean(over: [1, 2, 3]).doubles()
        let typical = try self.power(like: g)
        var factors: [Double] = []
        var deviations: [Double] = []
        for sample in 0..<g.shape[0] {
            let sizes = try details.element(sample).magnitude().doubles().sorted()
            let std = FineDetails.deviation(ofSorted: sizes)
            let signal = max(power[sample] - std * std, Self.leastShare * power[sample])
            let factor = signal > 0 ? (typical / signal).squareRoot() : 1
            factors.append(factor)
            deviations.append(max(factor * std, 1e-3))
        }
        let scaled = try g * Tensor.perSample(factors, like: g)
        guard [1, 3].contains(g.shape[1]), min(g.shape[2], g.shape[3]) >= Block.side else {
            return scaled
        }
        return try CollaborativeFilter.denoised(scaled, deviations)
    }

    /// The mean square of pictures of the prior, always of the same ones.
    private func power(like g: Tensor) throws -> Double {
        var stream = Generator(seed: 0)
        let z = try stream.normal([16, prior.dimensions], g.dataType(), on: g.device())
        let power = try prior.decode(z).value.clamped(0, 1).square().mean().item()
        return power.isFinite && power > 0 ? power : 0.25
    }
}
