import Models
import Tensors

/// Pictures themselves, every pixel in units of a scale: x = scale · u.
///
/// The scale says how far each pixel may still be from where it is, so that one step size fits
/// pixels that are known to a thousandth and pixels that are hardly known.
struct ImageSpace: SearchSpace {
    let prior: Flow
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
        guard let count = scale.shape.first, count > 1 else { return self }
        return ImageSpace(prior: prior, scale: try scale.slice(samples, along: 0))
    }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor {
        try point.filled(with: 0.5) / scale
    }
}
