import CTorch

extension Tensor {
    /// The two-dimensional cross-correlation with `weight` `[out, in / groups, height, width]`.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func convolved(
        with weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
        dilation: Int = 1, groups: Int = 1
    ) throws(TorchError) -> Tensor {
        try tensor("convolved", [self, weight]) {
            ct_conv2d(
                pointer, weight.pointer, bias?.pointer, Int64(stride), Int64(padding),
                Int64(dilation), Int64(groups), $0)
        }
    }

    /// The transposed convolution with `weight` `[in, out, height, width]`.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func transposeConvolved(
        with weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0
    ) throws(TorchError) -> Tensor {
        try tensor("transposeConvolved", [self, weight]) {
            ct_conv_transpose2d(
                pointer, weight.pointer, bias?.pointer, Int64(stride), Int64(padding), $0)
        }
    }

    /// The means of squares of `size` × `size` pixels.
    ///
    /// - Throws: `TorchError` when there are not three or four axes.
    package func averagePooled(_ size: Int) throws(TorchError) -> Tensor {
        try tensor("averagePooled", [self]) { ct_avg_pool2d(pointer, Int64(size), $0) }
    }

    /// g · v / ‖v‖ with the norm over every axis but the first.
    ///
    /// Salimans, Kingma 2016, eq. 2. <https://arxiv.org/abs/1602.07868>
    ///
    /// - Throws: `TorchError` when the magnitude has not one number per slice.
    package func weightNormalized(magnitude: Tensor) throws(TorchError) -> Tensor {
        try tensor("weightNormalized", [self, magnitude]) {
            ct_weight_norm(pointer, magnitude.pointer, $0)
        }
    }

    /// Every channel with its mean taken away and divided by its standard deviation, then scaled
    /// and shifted.
    ///
    ///     (x − mean) / √(variance + ε) · scale + shift
    ///
    /// The moments are those of the batch when none are given.
    ///
    /// Ioffe, Szegedy 2015, algorithm 1. <https://arxiv.org/abs/1502.03167>
    ///
    /// - Throws: `TorchError` when there is not one number per channel.
    package func batchNormalized(
        scale: Tensor, shift: Tensor, moments: (mean: Tensor, variance: Tensor)? = nil,
        epsilon: Double = 1e-5
    ) throws(TorchError) -> Tensor {
        try tensor("batchNormalized", [self, scale, shift]) {
            ct_batch_norm(
                pointer, scale.pointer, shift.pointer, moments?.mean.pointer,
                moments?.variance.pointer, epsilon, $0)
        }
    }

    /// Every element, multiplied by `slope` where it is negative.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func leakyRelu(slope: Double) throws(TorchError) -> Tensor {
        try tensor("leakyRelu", [self]) { ct_leaky_relu(pointer, slope, $0) }
    }
}
