package import Tensors

/// Tells pictures from made-up ones: the opponent of a DCGAN while it is trained.
///
/// Convolutions that halve the sides down to 4×4 pixels, and one number from these.
///
/// Radford, Metz, Chintala 2016, section 3. <https://arxiv.org/abs/1511.06434>
package struct Discriminator: Sendable {
    private let trunk: HalvingStack
    private let verdict: Linear

    /// A discriminator that begins with `width` channels, its parameters in `scope`.
    ///
    /// - Throws: `TorchError` when the sides are not 8, 16, 32, …
    package init(width: Int, imageShape: [Int], in scope: ParameterScope) throws(TorchError) {
        trunk = try HalvingStack(width: width, imageShape: imageShape, in: scope / "layers")
        verdict = try Linear(trunk.outputs, 1, in: scope / "verdict")
    }

    /// How real pictures in [0, 1] look, as a logit, `[batch]`.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    package func logits(_ x: Tensor) throws(TorchError) -> Tensor {
        try verdict(trunk.features(of: x)).reshaped(to: [-1])
    }
}
