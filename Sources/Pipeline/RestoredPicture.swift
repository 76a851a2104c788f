import Reports
import Solvers
import Tensors

/// What became of one picture, before it is written anywhere.
struct RestoredPicture {
    let picture: JobPicture
    /// All `[channel, height, width]`, or the shape of a measurement.
    let truth: Tensor?
    let measurement: Tensor
    let restored: Tensor
    /// y − f(x̂), the part taken out.
    let noise: Tensor
    let score: Score?
    let terms: Solution.Terms
    let iterations: Int
    let seconds: Double
    let logLikelihood: Double?
    let trace: [TracePoint]
    let warnings: [String]
    /// log p(y | f(x̂)) under the noise model, in nats; nil where it has no closed density.
    let noiseLogLikelihood: Double?
    /// Where it stands among the pictures that its prior knows.
    let oddness: Oddness?
    /// What was found out about its noise.
    let finding: Solution.Finding?
    /// What samples say of it.
    let posterior: Posterior?
    /// The weight of the prior, where that was found.
    let beta: Double?
}
