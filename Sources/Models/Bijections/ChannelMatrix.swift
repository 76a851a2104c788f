package import Tensors

/// A bijection that multiplies every pixel's channels by one square matrix: z = W x.
///
/// Cost of an inverse, taken in double precision, is cubic in the number of channels.
package protocol ChannelMatrix: Bijection {
    /// W in the given precision, `[channels, channels]`.
    ///
    /// - Throws: `TorchError` when memory is short.
    func weights(_ type: DataType) throws(TorchError) -> Tensor

    /// log |det W|, one number.
    ///
    /// - Throws: `TorchError` when memory is short.
    func logDeterminantPerPixel() throws(TorchError) -> Tensor
}

extension ChannelMatrix {
    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        Mapped(try x.mixed(by: weights(x.dataType())), logDeterminant: try volume(of: x))
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let inverse = try weights(.float64).inverse().converted(to: z.dataType())
        return Mapped(try z.mixed(by: inverse), logDeterminant: try -volume(of: z))
    }

    /// h · w · log |det W|, for every sample.
    private func volume(of x: Tensor) throws(TorchError) -> Tensor {
        let (batch, _, height, width) = try x.pictureShape("mixing", evenSides: false)
        return try (logDeterminantPerPixel() * Double(height * width)).perSample(batch)
    }
}

extension Tensor {
    /// Every pixel's channels times `matrix` `[out, in]`, plus `bias`.
    func mixed(by matrix: Tensor, bias: Tensor? = nil) throws(TorchError) -> Tensor {
        // A picture that was rounded on its way would not come back.
        try withFullPrecision(on: device()) { () throws(TorchError) in
            try convolved(with: matrix.reshaped(to: matrix.shape + [1, 1]), bias: bias)
        }
    }
}
