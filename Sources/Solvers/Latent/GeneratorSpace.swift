import Models
import Tensors

/// Latents z of any generator, x = G(z), with a penalty on their length in place of a density.
struct GeneratorSpace: SearchSpace {
    let generator: any PictureGenerator
    let penalty: LatentPenalty

    func located(
        _ point: Tensor, jitter: Tensor?
    ) throws(TorchError) -> (picture: Tensor, logPrior: Tensor) {
        let z = try jitter.map { (jitter) throws(TorchError) in try point + jitter } ?? point
        return (try generator.generate(z), try -penalty.value(at: z))
    }

    /// Where the generator has no way back, its middle.
    func point(of picture: Tensor) throws(TorchError) -> Tensor {
        if let z = try generator.latents(of: picture.clamped(0, 1)) {
            return try LatentSpace.withinReach(z)
        }
        return try .zeros(
            [picture.shape[0], generator.dimensions], picture.dataType(), on: picture.device())
    }

    func selecting(_ samples: Range<Int>) throws(TorchError) -> any SearchSpace { self }

    func refuge(like point: Tensor) throws(TorchError) -> Tensor { try point.filled(with: 0) }
}
