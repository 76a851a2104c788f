import Tensors

/// Pictures themselves, every pixel in units of a scale: x = scale · u.
///
/// The scale says how far each pixel may still be from where it is, so that one step size fits
/// pixels that are known to a thousandth and pixels that are hardly known.
struct ImageSpace: SearchSpace {
    let prior: any PictureDensity
    /// In a shape that can be repeated to that of the pictures.
    let scale: Tensor

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        let picture = try point * scale
        guard let jitter else { return (picture, try prior.logDensity(picture)) }
        return (picture, try prior.logDensity(picture + jitter * scale))
    }

    func point(of picture: Tensor) throws(TorchError) -> Tensor { try picture / scale }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace {
        let isShared = (scale.shape.first ?? 1) <= 1
        return ImageSpace(
            prior: prior.selecting(samples),
            scale: isShared ? scale : try scale.slice(samples, along: 0))
    }

    func inIteration(_ number: Int) -> any SearchSpace {
        ImageSpace(prior: prior.inIteration(number), scale: scale)
    }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor {
        try point.filled(with: 0.5) / scale
    }
}
