/// How far a job is.
package struct JobProgress: Sendable, Equatable {
    /// The first picture of the batch that is being solved.
    package let picture: String
    /// Pictures that are finished, and all of them.
    package let done: Int
    package let count: Int
    /// Iterations of this batch, and all that it will take.
    package let iteration: Int
    package let iterations: Int
    /// Seconds until the job is finished, nil while nobody knows.
    package let secondsLeft: Double?
}
