package import Tensors

/// An invertible 1×1 convolution: every pixel's channels times a square matrix.
///
/// Kingma, Dhariwal 2018, section 3.2. Cost of the determinant and the inverse is cubic in the
/// number of channels. <https://arxiv.org/abs/1807.03039>
package struct ChannelMixing: ChannelMatrix, Bijection {
    let matrix: Tensor

    /// A matrix that begins as a random rotation, named `matrix` in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(channels: Int, in scope: ParameterScope) throws(TorchError) {
        matrix = try scope.parameter("matrix", [channels, channels], .rotation)
    }

    init(matrix: Tensor) {
        self.matrix = matrix
    }

    package func weights(_ type: DataType) throws(TorchError) -> Tensor {
        try matrix.converted(to: type)
    }

    package func logDeterminantPerPixel() throws(TorchError) -> Tensor {
        try matrix.signAndLogDeterminant().logarithm
    }

    package func frozen() throws(TorchError) -> any Bijection {
        ChannelMixing(matrix: try matrix.detached())
    }
}
