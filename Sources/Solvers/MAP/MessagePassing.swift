import Physics
import Tensors

/// A first picture from random numbers: approximate message passing with BM3D as the denoiser.
///
///     r = x + Aᵀ z;  σ = ‖z‖ / √m;  x' = D(r, σ);  z' = y − A x' + z · div D / m
///
/// A has columns of norm 1 here. What is wrong with r then looks like white noise of deviation σ,
/// which is what D takes out; the last term keeps it so. The divergence is estimated with one
/// random direction. Costs two passes of BM3D and two products with A an iteration.
///
/// Metzler, Maleki, Baraniuk 2016, "From denoising to compressed sensing", algorithm D-AMP.
struct MessagePassing {
    private static let iterations = 30

    private let forward: RandomMatrix
    private let measurement: Tensor
    private let imageShape: [Int]

    /// Nil where the entries of the operator are not independent of each other.
    init?(_ problem: Problem, imageShape: [Int]) {
        guard let forward = problem.forward as? RandomMatrix, [1, 3].contains(imageShape[0]),
            min(imageShape[1], imageShape[2]) >= Block.side
        else { return nil }
        self.forward = forward
        self.imageShape = imageShape
        measurement = problem.measurement
    }

    /// The picture of every sample whose noise was the least.
    ///
    /// - Parameter hear: told the pictures before every product: one with a large matrix takes long.
    /// - Returns: `[batch, channel, height, width]`.
    /// - Throws: what `hear` throws; `TorchError` when memory is short.
    func pictures(hear: (Tensor) throws -> Void) throws -> Tensor {
        try withoutGradient {
            let count = measurement.shape[0]
            let rows = Double(measurement.shape[1])
            var stream = Generator(seed: 0)
            // The same for all samples, so that none depends on its place in the batch.
            let direction = try stream.normal(
                [1] + imageShape, measurement.dataType(), on: measurement.device())
            var x = try Tensor.full(
                [count] + imageShape, 0.5, measurement.dataType(), on: measurement.device())
            try hear(x)
            var z = try rest(x)
            var best = x
            var least = Array(repeating: Double.infinity, count: count)
            var isActive = Array(repeating: true, count: count)
            for _ in 0..<Self.iterations {
                let deviations = try z.square().sumPerSample().doubles()
                    .map { max(($0 / rows).squareRoot(), 1e-4) }
                // Each sample ends by itself, whatever the others of the batch do.
                for sample in 0..<count where !(deviations[sample] < 0.99 * least[sample]) {
                    isActive[sample] = false
                }
                best = try x.chosen(where: .choosing(isActive, like: x), else: best)
                least = zip(deviations, least).map { min($0, $1) }
                guard isActive.contains(true) else { break }
                try hear(x)
                let r = try x + forward.adjoint(z) * (1 / forward.columnNorm)
                let width = try Tensor.perSample(deviations.map { $0 / 10 }, like: r)
                x = try denoised(r, deviations)
                let moved = try denoised(r + direction * width, deviations)
                let divergence = try (direction * (moved - x) / width).sumPerSample().doubles()
                try hear(x)
                z = try rest(x) + z * Tensor.perSample(divergence.map { $0 / rows }, like: z)
            }
            return best
        }
    }

    /// y − A x, with columns of norm 1.
    private func rest(_ x: Tensor) throws(TorchError) -> Tensor {
        try (measurement - forward.apply(x)) * (1 / forward.columnNorm)
    }

    private func denoised(_ noisy: Tensor, _ deviations: [Double]) throws -> Tensor {
        try CollaborativeFilter.denoised(noisy, deviations).clamped(0, 1)
    }
}
