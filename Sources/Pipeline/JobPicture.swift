package import Arrays

/// One picture of a job, prepared: what was given, before anything is simulated.
package struct JobPicture: Sendable, Equatable {
    /// The name of its files in the result, without extension.
    package let name: String
    /// The picture as the job names it.
    package let source: String
    /// `[channel, height, width]`, float32 in [0, 1] unless a measurement leaves it.
    package let values: HostArray
    /// Whether it was cropped or resized on the way here.
    package let isReshaped: Bool
    /// Whether colour was taken out of it.
    package let isGrayed: Bool
}
