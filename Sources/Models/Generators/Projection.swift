package import Tensors

/// Finds the latents whose pictures are nearest to given ones.
///
///     minimise ‖G(z) − x‖² + weight · ‖z‖²
///
/// Adam with a rate that falls to 0 as a parabola; every picture for itself.
///
/// Bora, Jalal, Price, Dimakis 2017, eq. 3, with A = I. <https://arxiv.org/abs/1703.03208>
package struct Projection: Sendable {
    package var steps: Int
    package var learningRate: Double
    package var weight: Double

    package init(steps: Int = 300, learningRate: Double = 0.1, weight: Double = 1e-3) {
        self.steps = steps
        self.learningRate = learningRate
        self.weight = weight
    }

    /// Latents of pictures `x`, found from `start`, `[batch, dimensions]`.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func latents(
        of x: Tensor, by generator: any PictureGenerator, from start: Tensor
    ) throws -> Tensor {
        try withGradient {
            let z = try start.copy().leaf()
            var adam = try Adam([z])
            for step in 0..<steps {
                let distance = try (generator.generate(z) - x).square().sum()
                let gradients = try (distance + z.square().sum() * weight).gradients(of: [z])
                let progress = Double(step) / Double(steps)
                try adam.step(gradients, learningRate: learningRate * (1 - progress * progress))
            }
            return try z.detached()
        }
    }

    /// The PSNR in dB of every picture and the nearest that was found.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func peakSignalToNoise(
        of x: Tensor, by generator: any PictureGenerator, from start: Tensor
    ) throws -> [Double] {
        let z = try latents(of: x, by: generator, from: start)
        return try withoutGradient {
            let made = try generator.generate(z).clamped(0, 1)
            let values = Double(x.shape.dropFirst().reduce(1, *))
            return try ((made - x).square().sumPerSample() / values).doubles()
                .map(Decibels.psnr)
        }
    }
}
