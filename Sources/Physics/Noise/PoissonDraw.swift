import Glibc
import Tensors

/// Draws numbers of events with a given mean.
struct PoissonDraw {
    /// Nothing happens where it is not positive.
    let mean: Double

    /// The next number.
    func next(using generator: inout Generator) -> Double {
        guard mean > 0 else { return 0 }
        return mean < 10 ? multiplied(&generator) : rejected(&generator)
    }

    /// The number of uniform factors until their product falls below exp(−mean).
    private func multiplied(_ generator: inout Generator) -> Double {
        let limit = exp(-mean)
        var product = Double.random(in: 0..<1, using: &generator)
        var count = 0.0
        while product > limit {
            product *= Double.random(in: 0..<1, using: &generator)
            count += 1
        }
        return count
    }

    /// Transformed rejection, at a cost that does not grow with the mean.
    ///
    /// Hörmann 1993, "The transformed rejection method for generating Poisson random variables",
    /// algorithm PTRS.
    private func rejected(_ generator: inout Generator) -> Double {
        let b = 0.931 + 2.53 * mean.squareRoot()
        let a = -0.059 + 0.02483 * b
        let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
        let sure = 0.9277 - 3.6224 / (b - 2)
        while true {
            let u = Double.random(in: 0..<1, using: &generator) - 0.5
            let v = Double.random(in: 0..<1, using: &generator)
            let margin = 0.5 - abs(u)
            let count = ((2 * a / margin + b) * u + mean + 0.43).rounded(.down)
            if margin >= 0.07, v <= sure { return count }
            guard count >= 0, margin >= 0.013 || v <= margin else { continue }
            let left = log(v) + log(inverseAlpha) - log(a / (margin * margin) + b)
            if left <= -mean + count * log(mean) - logGamma(count + 1) { return count }
        }
    }
}
