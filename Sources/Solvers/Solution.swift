package import Tensors

/// What a solver found, picture by picture.
package struct Solution: Sendable {
    /// Something about one picture that its owner should know.
    package struct Warning: Sendable, Equatable, CustomStringConvertible {
        /// The place of the picture in the batch.
        package let sample: Int
        package let description: String

        package init(sample: Int, _ description: String) {
            self.sample = sample
            self.description = description
        }

        /// The fast ways of computing were given up for `sample`.
        static func plainPaths(_ sample: Int) -> Warning {
            Warning(
                sample: sample,
                "the fast way of computing the prior gave a value that is not finite; the solver "
                    + "went on with the plain one, which is slower")
        }
    }

    /// The restored pictures, `[batch, channel, height, width]`, not clipped to [0, 1].
    package let image: Tensor
    /// The terms of the objective at `image`.
    package let terms: [Terms]
    /// log p of the restored pictures under the prior, in nats, where it has a density.
    package let logLikelihood: [Double]?
    /// The iterations of the run that each picture was taken from.
    package let iterations: [Int]
    package let warnings: [Warning]
    /// What was found out about the noise of every picture; empty when nothing was looked for.
    package let findings: [Finding]
    /// What is known of every picture besides `image`; empty for solvers that do not sample.
    package let posteriors: [Posterior]
    /// The weight of the prior for every picture, where the solver found it.
    package let weights: [Double]?
    /// The noise, like the measurement, where it was looked for beside the pictures; nil where it is
    /// what these leave.
    package let noise: Tensor?
    /// ‖z‖² / D of the D latents of every picture, where the solver has them at hand.
    package let energies: [Double]?

    package init(
        image: Tensor, terms: [Terms], logLikelihood: [Double]?, iterations: [Int],
        warnings: [Warning], findings: [Finding] = [], posteriors: [Posterior] = [],
        weights: [Double]? = nil, noise: Tensor? = nil, energies: [Double]? = nil
    ) {
        self.image = image
        self.terms = terms
        self.logLikelihood = logLikelihood
        self.iterations = iterations
        self.warnings = warnings
        self.findings = findings
        self.posteriors = posteriors
        self.weights = weights
        self.noise = noise
        self.energies = energies
    }
}
