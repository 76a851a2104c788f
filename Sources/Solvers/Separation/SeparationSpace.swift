import Tensors

/// Pictures, and beside them what is varied to find the noise.
///
///     point = (point of the picture, variables of the noise / scale), flat, `[batch, elements]`
struct SeparationSpace: SearchSpace {
    let pictures: PicturePart
    /// The shape of the noise's variables without the batch.
    let variableShape: [Int]
    /// One size of steps has to fit pictures and noise.
    let scale: Double

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        try pictures.located(point, jitter: jitter)
    }

    func noises(at point: Tensor) throws(TorchError) -> [Tensor] {
        let part = try point.slice(pictures.size..<point.shape[1], along: 1)
        return [try part.reshaped(to: [point.shape[0]] + variableShape) * scale]
    }

    /// The point of a picture's point and the noise's variables.
    ///
    /// - Throws: `TorchError` when a shape does not fit.
    func point(_ point: Tensor, variables: Tensor) throws(TorchError) -> Tensor {
        try pictures.whole(point, besides: [variables / scale])
    }

    func point(of picture: Tensor) throws(TorchError) -> Tensor {
        let shape = [picture.shape[0]] + variableShape
        return try point(
            pictures.space.point(of: picture),
            variables: .zeros(shape, picture.dataType(), on: picture.device()))
    }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace {
        SeparationSpace(
            pictures: try pictures.selecting(samples), variableShape: variableShape, scale: scale)
    }

    func inIteration(_ number: Int) -> any SearchSpace {
        SeparationSpace(
            pictures: pictures.inIteration(number), variableShape: variableShape, scale: scale)
    }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor {
        try pictures.refuge(like: point)
    }
}
