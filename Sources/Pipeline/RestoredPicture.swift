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
    /// The part taken out: the noise where that was looked for, else y − f(x̂).
    let noise: Tensor
    /// The part that was put in, where it is known.
    let trueNoise: Tensor?
    let score: Score?
    let terms: Solution.Terms
    let iterations: Int
    let seconds: Double
    let logLikelihood: Double?
    let trace: [TracePoint]
    let warnings: [String]
    /// What is told of the noise.
    let noiseFacts: NoiseFacts
    /// Where it stands among the pictures that its prior knows.
    let oddness: Oddness?
    /// What was found out about its noise.
    let finding: Solution.Finding?
    /// What samples say of it.
    let posterior: Posterior?
    /// The weight of the prior, where that was found.
    let beta: Double?
}
