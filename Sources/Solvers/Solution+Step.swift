package import Tensors

extension Solution {
    /// The two parts of the objective of one picture; solvers make their sum small.
    package struct Terms: Sendable, Equatable {
        /// −log p(y | f(x)) in nats, or ‖y − f(x)‖² where a solver fits by least squares.
        package let data: Double
        /// What is asked of the picture itself, with its weight: −β log p(x) for MAP.
        package let prior: Double

        package init(data: Double, prior: Double) {
            self.data = data
            self.prior = prior
        }

        package var objective: Double { data + prior }
    }

    /// The state of a solver after an iteration, or on the way to where the first one begins.
    package struct Step {
        /// Counts from 1 to `total`, over all restarts; 0 before the first.
        package let iteration: Int
        /// The most iterations there will be.
        package let total: Int
        /// One per picture; none before the first iteration.
        package let terms: [Terms]
        /// Seconds since the solver began.
        package let seconds: Double
        /// The pictures that this iteration looked at: they cost nothing, and may lie beside the
        /// estimate by what the iteration jittered.
        package let draft: Tensor

        package init(
            iteration: Int, total: Int, terms: [Terms], seconds: Double, draft: Tensor
        ) {
            self.iteration = iteration
            self.total = total
            self.terms = terms
            self.seconds = seconds
            self.draft = draft
        }

        /// The state before the first iteration, while a start is looked for.
        static func start(total: Int, seconds: Double, draft: Tensor) -> Step {
            Step(iteration: 0, total: total, terms: [], seconds: seconds, draft: draft)
        }
    }
}
