import Arrays
import Jobs
import Physics

/// Finds the shape of the pictures of a job, and checks that all of them have it.
struct PictureShape {
    private let spec: JobSpec
    private let pictures: [JobPicture]
    private let forward: any ForwardOperator

    init(_ spec: JobSpec, _ pictures: [JobPicture], _ forward: any ForwardOperator) {
        self.spec = spec
        self.pictures = pictures
        self.forward = forward
    }

    /// Channels, height and width of a restored picture: those of the prior, else of what is given.
    ///
    /// - Throws: `PipelineError` when a picture has another shape; `PhysicsError` when such pictures
    ///   cannot be measured.
    func imageShape(of prior: [Int]?) throws -> [Int] {
        let imageShape = try prior ?? givenShape()
        let expected =
            spec.given == .truth ? imageShape : try forward.outputShape(for: imageShape)
        for picture in pictures {
            if prior == nil {
                try checkAmongOthers(picture, expected)
            } else {
                try check(picture, expected)
            }
        }
        return imageShape
    }

    /// The shape of the first picture, where a measurement has the shape of what is measured.
    private func givenShape() throws -> [Int] {
        let shape = pictures.first?.values.shape ?? []
        guard spec.given == .measurement else { return shape }
        guard (try? forward.outputShape(for: shape)) == shape else {
            throw PipelineError(
                .mismatch(
                    "a measurement of the shape \(shape) does not tell how large the pictures are; "
                        + "name a model with pictures of their size"), in: "prior")
        }
        return shape
    }

    private func checkAmongOthers(
        _ picture: JobPicture, _ expected: [Int]
    ) throws(PipelineError) {
        guard picture.values.shape != expected else { return }
        throw PipelineError(
            .mismatch(
                "has the shape \(picture.values.shape), but the first picture of the job has "
                    + "\(expected) [channel, height, width]; give them one size and colour with "
                    + "prepare, or submit a job for each"), in: picture.source)
    }

    /// Checks that the picture has the shape that prior and operator ask for.
    private func check(_ picture: JobPicture, _ expected: [Int]) throws(PipelineError) {
        let shape = picture.values.shape
        guard shape != expected else { return }
        let isOnlyColour = shape.dropFirst() == expected.dropFirst()
        let color = expected[0] == 1 ? "gray" : "rgb"
        let size = expected.count == 3 ? "\(expected[1])" : "keep"
        let remedy =
            isOnlyColour
            ? "set prepare: {color: \(color)}, or choose another prior"
            : spec.given == .truth
                ? "set prepare: {crop: center, size: \(size), color: \(color)}, or choose another "
                    + "prior"
                : "give a measurement of that shape, or choose another prior; if these are true "
                    + "pictures to try things with, write given: truth and prepare: {crop: center, "
                    + "size: \(size), color: \(color)}"
        throw PipelineError(
            .mismatch(
                "has the shape \(shape), but the prior \(spec.prior?.text ?? "") needs "
                    + "\(expected) [channel, height, width]; \(remedy)"), in: picture.source)
    }
}
