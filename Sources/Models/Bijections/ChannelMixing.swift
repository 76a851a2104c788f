package import Tensors

/// An invertible 1×1 convolution: every pixel's channels times a square matrix.
///
/// Kingma, Dhariwal 2018, section 3.2. Cost of the determinant and the inverse is cubic in the
/// number of channels. <https://arxiv.org/abs/1807.03039>
package struct ChannelMixing: Bijection {
    let matrix: Tensor

    /// A matrix that begins as a random rotation, named `matrix` in `scope`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(channels: Int, in scope: ParameterScope) throws(TorchError) {
        matrix = try scope.parameter("matrix", [channels, channels], .rotation)
    }

    private init(matrix: Tensor) {
        self.matrix = matrix
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        Mapped(try x.mixed(by: matrix), logDeterminant: try volume(of: x))
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        let inverse = try matrix.converted(to: .float64).inverse().converted(to: z.dataType())
        return Mapped(try z.mixed(by: inverse), logDeterminant: try -volume(of: z))
    }

    package func frozen() throws(TorchError) -> any Bijection {
        ChannelMixing(matrix: try matrix.detached())
    }

    /// h · w · log |det W|, for every sample.
    private func volume(of x: Tensor) throws(TorchError) -> Tensor {
        let (batch, _, height, width) = try x.pictureShape("mixing", evenSides: false)
        let logarithm = try matrix.signAndLogDeterminant().logarithm
        return try (logarithm * Double(height * width)).perSample(batch)
    }
}

extension Tensor {
    /// Every pixel's channels times `matrix` `[out, in]`, plus `bias`.
    func mixed(by matrix: Tensor, bias: Tensor? = nil) throws(TorchError) -> Tensor {
        try convolved(with: matrix.reshaped(to: matrix.shape + [1, 1]), bias: bias)
    }
}
