/// How far an experiment is.
package struct ExperimentProgress: Sendable, Equatable {
    /// Results that are there, those of earlier runs among them, and all of them.
    package let done: Int
    package let count: Int
    /// The finished part of the results, from 0 to 1.
    package let fraction: Double
    /// What is being solved, such as `MAP, noise.sine.amplitude 0.1`.
    package let subject: String
    /// Seconds until the last result is there, nil while nobody knows.
    package let secondsLeft: Double?
}
