import Tensors

/// The part of points that is a picture's, where other things are varied beside the picture.
///
///     point = (point of the picture, the others), flat, `[batch, elements]`
struct PicturePart {
    /// The space of the pictures.
    let space: any SearchSpace
    /// The shape of its points without the batch.
    let shape: [Int]

    var size: Int { shape.reduce(1, *) }

    /// The point of the picture alone.
    func point(in whole: Tensor) throws(TorchError) -> Tensor {
        try whole.slice(0..<size, along: 1).reshaped(to: [whole.shape[0]] + shape)
    }

    /// The point of a picture's point and the others, each `[batch, …]`.
    ///
    /// - Throws: `TorchError` when the batches differ.
    func whole(_ point: Tensor, besides others: [Tensor]) throws(TorchError) -> Tensor {
        let flat = try ([point] + others).map { (part) throws(TorchError) in
            try part.reshaped(to: [part.shape[0], -1])
        }
        return try .concatenated(flat, along: 1)
    }

    func located(
        _ whole: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        // Only pictures are looked at from beside.
        let beside = try jitter.map { (jitter) throws(TorchError) in try point(in: jitter) }
        return try space.located(point(in: whole), jitter: beside)
    }

    /// The refuge of the picture, and 0 for all others.
    func refuge(like whole: Tensor) throws(TorchError) -> Tensor {
        let others = try whole.slice(size..<whole.shape[1], along: 1)
        return try self.whole(
            space.refuge(like: point(in: whole)), besides: [others.filled(with: 0)])
    }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> PicturePart {
        PicturePart(space: try space.selecting(samples), shape: shape)
    }

    func inIteration(_ number: Int) -> PicturePart {
        PicturePart(space: space.inIteration(number), shape: shape)
    }
}
