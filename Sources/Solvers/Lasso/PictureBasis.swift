import Tensors

/// An orthonormal basis of pictures: every channel by itself.
protocol PictureBasis: Sendable {
    /// The coefficients of pictures, in the shape of the pictures.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func coefficients(of pictures: Tensor) throws(TorchError) -> Tensor

    /// The pictures that have these coefficients.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    func pictures(of coefficients: Tensor) throws(TorchError) -> Tensor
}
