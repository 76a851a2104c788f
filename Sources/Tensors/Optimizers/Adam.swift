import CTorch

/// Adam: gradient descent with running means of gradients and of their squares.
///
///     m = β₁m + (1 − β₁)g;  v = β₂v + (1 − β₂)g²
///     x = x − rate · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// Every element is treated alone, so pictures of a batch do not influence each other.
///
/// Kingma, Ba 2015, algorithm 1. <https://arxiv.org/abs/1412.6980>
package struct Adam: Sendable {
    package struct Settings: Sendable, Equatable {
        package var beta1: Double
        package var beta2: Double
        package var epsilon: Double

        package init(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8) {
            self.beta1 = beta1
            self.beta2 = beta2
            self.epsilon = epsilon
        }
    }

    package let settings: Settings
    package let parameters: [Tensor]
    /// Running means of the gradients, and of their squares.
    package let means: [Tensor]
    package let squares: [Tensor]
    /// The number of steps taken.
    package private(set) var steps: Int

    /// An optimiser that changes `parameters` in place.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(_ parameters: [Tensor], _ settings: Settings = .init()) throws(TorchError) {
        var means: [Tensor] = []
        var squares: [Tensor] = []
        for parameter in parameters {
            means.append(try parameter.filled(with: 0))
            squares.append(try parameter.filled(with: 0))
        }
        self.init(parameters, means: means, squares: squares, steps: 0, settings)
    }

    /// An optimiser that goes on where a checkpoint stopped.
    package init(
        _ parameters: [Tensor], means: [Tensor], squares: [Tensor], steps: Int,
        _ settings: Settings = .init()
    ) {
        self.parameters = parameters
        self.means = means
        self.squares = squares
        self.steps = steps
        self.settings = settings
    }

    /// One step against `gradients`, in the order of the parameters.
    ///
    /// - Throws: `TorchError` when shapes differ.
    package mutating func step(
        _ gradients: [Tensor], learningRate: Double
    ) throws(TorchError) {
        try step(
            gradients, learningRates: Array(repeating: learningRate, count: gradients.count))
    }

    /// One step against `gradients`, with a learning rate for every parameter.
    ///
    /// - Throws: `TorchError` when shapes differ.
    package mutating func step(
        _ gradients: [Tensor], learningRates: [Double]
    ) throws(TorchError) {
        precondition(gradients.count == parameters.count, "one gradient per parameter")
        precondition(learningRates.count == parameters.count, "one learning rate per parameter")
        for rate in Set(learningRates).sorted() {
            let places = learningRates.indices.filter { learningRates[$0] == rate }
            try check(
                "adam", [],
                ct_adam_step(
                    places.map { parameters[$0].pointer }, places.map { gradients[$0].pointer },
                    places.map { means[$0].pointer }, places.map { squares[$0].pointer },
                    places.count, Int64(steps), rate, settings.beta1, settings.beta2,
                    settings.epsilon))
        }
        steps += 1
    }
}
