/// What became of one picture of a job.
package struct ImageReport: Equatable, Sendable {
    /// The files of one picture, as paths within the result.
    package struct Files: Equatable, Sendable {
        package let restored: String
        package let measurement: String?
        package let noise: String?
        package let deviation: String?
        package let interval: String?
        package let samples: String?

        package init(
            restored: String, measurement: String? = nil, noise: String? = nil,
            deviation: String? = nil, interval: String? = nil, samples: String? = nil
        ) {
            self.restored = restored
            self.measurement = measurement
            self.noise = noise
            self.deviation = deviation
            self.interval = interval
            self.samples = samples
        }
    }

    /// The name of the picture as the job has it.
    package let name: String
    package let files: Files
    package let pictures: ImagePictures
    /// How near the result is to the truth; nil where the truth is not known.
    package let score: Score?
    /// The objective that was reached; nil for solvers without one.
    package let objective: Double?
    package let iterations: Int
    package let seconds: Double
    /// Of the restored picture under the prior, in nats.
    package let logLikelihood: Double?
    /// Of the restored picture under the prior.
    package let bitsPerDim: Double?
    package let trace: [TracePoint]
    package let warnings: [String]
    /// What was found out about the noise; nil when nothing was looked for.
    package let noiseFound: FoundNoise?
    /// What samples say; nil for solvers that do not sample.
    package let posterior: PosteriorFacts?
    /// The weight of the prior, where the solver found it.
    package let betaFound: Double?
    /// What is told of the noise.
    package let noise: NoiseFacts
    /// Where it stands among the pictures that the model knows; nil where that is not known.
    package let standing: Standing?

    package init(
        name: String, files: Files, pictures: ImagePictures, score: Score? = nil,
        objective: Double?, iterations: Int, seconds: Double, logLikelihood: Double? = nil,
        bitsPerDim: Double? = nil, trace: [TracePoint] = [], warnings: [String] = [],
        noiseFound: FoundNoise? = nil, posterior: PosteriorFacts? = nil,
        betaFound: Double? = nil, noise: NoiseFacts = NoiseFacts(), standing: Standing? = nil
    ) {
        self.name = name
        self.files = files
        self.pictures = pictures
        self.score = score
        self.objective = objective
        self.iterations = iterations
        self.seconds = seconds
        self.logLikelihood = logLikelihood
        self.bitsPerDim = bitsPerDim
        self.trace = trace
        self.warnings = warnings
        self.noiseFound = noiseFound
        self.posterior = posterior
        self.betaFound = betaFound
        self.noise = noise
        self.standing = standing
    }
}
