import Tensors

/// Pictures, and beside them what is varied to find the noise.
///
///     point = (point of the picture, variables of the noise / scale), flat, `[batch, elements]`
struct SeparationSpace: SearchSpace {
    /// The space of the pictures.
    let pictures: any SearchSpace
    /// The shape of its points without the batch.
    let pointShape: [Int]
    /// The shape of the noise's variables without the batch.
    let variableShape: [Int]
    /// One size of steps has to fit pictures and noise.
    let scale: Double

    private var pictureSize: Int { pointShape.reduce(1, *) }

    /// The part of a point that is one of the picture.
    private func picturePoint(_ point: Tensor) throws(TorchError) -> Tensor {
        try point.slice(0..<pictureSize, along: 1).reshaped(to: [point.shape[0]] + pointShape)
    }

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        let beside = try jitter.map { (jitter) throws(TorchError) in try picturePoint(jitter) }
        return try pictures.located(picturePoint(point), jitter: beside)
    }

    func noises(at point: Tensor) throws(TorchError) -> [Tensor] {
        let part = try point.slice(pictureSize..<point.shape[1], along: 1)
        return [try part.reshaped(to: [point.shape[0]] + variableShape) * scale]
    }

    /// The point of a picture's point and the noise's variables.
    ///
    /// - Throws: `TorchError` when a shape does not fit.
    func point(_ point: Tensor, variables: Tensor) throws(TorchError) -> Tensor {
        let count = point.shape[0]
        return try .concatenated(
            [point.reshaped(to: [count, -1]), (variables / scale).reshaped(to: [count, -1])],
            along: 1)
    }

    func point(of picture: Tensor) throws(TorchError) -> Tensor {
        let shape = [picture.shape[0]] + variableShape
        return try point(
            pictures.point(of: picture),
            variables: .zeros(shape, picture.dataType(), on: picture.device()))
    }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace {
        SeparationSpace(
            pictures: try pictures.selecting(samples), pointShape: pointShape,
            variableShape: variableShape, scale: scale)
    }

    func inIteration(_ number: Int) -> any SearchSpace {
        SeparationSpace(
            pictures: pictures.inIteration(number), pointShape: pointShape,
            variableShape: variableShape, scale: scale)
    }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor {
        let refuge = try pictures.refuge(like: picturePoint(point))
        let rest = try point.slice(pictureSize..<point.shape[1], along: 1)
        return try .concatenated(
            [refuge.reshaped(to: [point.shape[0], -1]), rest.filled(with: 0)], along: 1)
    }
}
