package import Tensors

/// Without a measurement, an unfolded network makes the one picture that it begins with.
extension UnfoldedModel: PictureGenerator {
    /// It has no latents.
    package var dimensions: Int { 0 }

    package func generate(_ z: Tensor) throws(TorchError) -> Tensor {
        try check(z)
        return try first.expanded(to: [z.batch] + imageShape)
    }

    package func frozenGenerator() throws(TorchError) -> any PictureGenerator { try frozen() }
}
