package import Physics
package import Tensors

/// Everything a solver may know: y, f and the density of the noise.
///
/// The true pictures are not in here, so no solver can peek at them.
package struct Problem: Sendable {
    /// y, `[batch, …]`.
    package let measurement: Tensor
    package let forward: any ForwardOperator
    package let noise: any NoiseModel
    /// The number of every picture in its job, which names its random streams: a picture gets the
    /// same numbers in whatever batch it is solved.
    package let pictures: [Int]

    /// A problem over all pictures of `measurement`, numbered from 0 unless `pictures` are given.
    package init(
        measurement: Tensor, forward: any ForwardOperator, noise: any NoiseModel,
        pictures: [Int]? = nil
    ) {
        let count = measurement.shape.first ?? 0
        let pictures = pictures ?? Array(0..<count)
        precondition(pictures.count == count, "one number per picture")
        self.measurement = measurement
        self.forward = forward
        self.noise = noise
        self.pictures = pictures
    }

    /// The pictures of several problems as one problem.
    ///
    /// Each picture keeps its number, so that it gets the same random numbers as alone.
    ///
    /// - Parameter problems: at least one; operator and noise are the same in all of them, and the
    ///   noise belongs to no single picture.
    /// - Returns: one problem, the pictures in the order of the problems.
    /// - Throws: `TorchError` when their shapes differ.
    package static func joined(_ problems: [Problem]) throws(TorchError) -> Problem {
        guard problems.count > 1 else { return problems[0] }
        return Problem(
            measurement: try .concatenated(problems.map(\.measurement), along: 0),
            forward: problems[0].forward, noise: problems[0].noise,
            pictures: problems.flatMap(\.pictures))
    }

    /// The problem of some of the pictures, given by their places in this batch.
    ///
    /// - Throws: `TorchError` when there is no such place.
    package func selecting(_ places: [Int]) throws(TorchError) -> Problem {
        guard places.allSatisfy(pictures.indices.contains) else {
            throw TorchError(
                operation: "selecting(\(places))", shapes: [measurement.shape],
                message: "no such picture")
        }
        let indices = try Tensor(indices: places).moved(to: measurement.device())
        return Problem(
            measurement: try measurement.elements(at: indices), forward: forward,
            noise: noise.selecting(places), pictures: places.map { pictures[$0] })
    }
}
