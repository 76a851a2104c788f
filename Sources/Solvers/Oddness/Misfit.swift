import Models
import Physics
package import Tensors

/// How far what is left of a measurement is from being the noise that it is taken for.
///
///     e = 2 (−log p(y | f(x̂)) − E[−log p(y′ | f(x̂))]) / N,  y′ noisy measurements of x̂
///
/// N is the number of values measured. For Gaussian noise 1 + e is the mean of ((y − f(x̂)) / σ)²:
/// e is below 0 when a picture has taken some of the noise for its own, as all restored pictures
/// do, and above when there is more in the measurement than picture and noise.
package struct Misfit: Sendable, Equatable {
    package let excess: Double
    /// The deviation of e over draws of the noise.
    package let deviation: Double

    /// How many measurements are drawn.
    private static let draws = 16

    package init(excess: Double, deviation: Double) {
        self.excess = excess
        self.deviation = deviation
    }

    /// The misfit of one picture.
    ///
    /// - Parameters:
    ///   - problem: y of that picture alone, f, and the noise that y is taken to have.
    ///   - clean: f(x̂), like y.
    ///   - generator: where noise is drawn from.
    /// - Throws: `TorchError` when memory is short.
    package init(
        of problem: Problem, given clean: Tensor, from generator: inout Generator
    ) throws(TorchError) {
        let (forward, noise) = (problem.forward, problem.noise)
        let measured = try noise.logDensity(problem.measurement, given: clean).item()
        var drawn: [Double] = []
        for _ in 0..<Self.draws {
            let other = try noise.sample(given: clean, from: &generator)
            drawn.append(
                try noise.logDensity(forward.measuredPart(of: other), given: clean).item())
        }
        // What is not measured has no noise either.
        let count = try forward.measuredPart(of: clean.filled(with: 1)).sum().item()
        let spread = Spread(of: drawn)
        self.init(
            excess: 2 * (spread.mean - measured) / max(count, 1),
            deviation: 2 * spread.deviation / max(count, 1))
    }
}
