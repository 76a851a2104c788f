package import Arrays

/// One picture of a job, prepared: what was given, before anything is simulated.
package struct JobPicture: Sendable, Equatable {
    /// The name of its files in the result, without extension.
    package let name: String
    /// The picture as the job names it.
    package let source: String
    /// `[channel, height, width]`, float32 in [0, 1] unless a measurement leaves it; complex numbers in
    /// real and imaginary parts along an axis of 2 before these.
    package let values: HostArray
    /// Whether it was cropped or resized on the way here.
    package let isReshaped: Bool
    /// Whether colour was taken out of it.
    package let isGrayed: Bool
}

extension JobPicture {
    /// The shape as the file of the picture has it, such as `the shape [1, 28, 28]`.
    var shapeInWords: String {
        let shape = values.shape
        return shape.count == 4
            ? "complex numbers of the shape \(Array(shape.dropFirst()))" : "the shape \(shape)"
    }
}
