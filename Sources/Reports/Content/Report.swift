package import Arrays

/// Everything that a job publishes about itself, from which `result.json`, `trace.csv`,
/// `comparison.csv` and `report.html` are made.
///
/// It is an immutable value, and its forms depend on nothing else: the same report gives
/// the same bytes.
package struct Report: Equatable, Sendable {
    package let job: JobIdentity
    package let run: RunFacts
    /// The prior; nil where the solver needed none.
    package let model: ModelFacts?
    /// The job with every default filled in, an object.
    package let settings: JSONValue
    /// The pictures in the order of the job.
    package let images: [ImageReport]
    /// What a reader must know before trusting the result, about the job as a whole.
    package let warnings: [String]
    /// Every method where the job compares several, the first being that of `images`; else empty.
    package let comparison: [ComparedMethod]

    package init(
        job: JobIdentity, run: RunFacts, model: ModelFacts?, settings: JSONValue,
        images: [ImageReport], warnings: [String] = [], comparison: [ComparedMethod] = []
    ) {
        self.job = job
        self.run = run
        self.model = model
        self.settings = settings
        self.images = images
        self.warnings = warnings
        self.comparison = comparison
    }
}
