import Tensors

/// A convolution that adds up weighted neighbours: O(h w k²).
struct DirectConvolution: PlaneConvolution {
    /// `[1, 1, height, width]`, as it is and turned by 180 degrees.
    private let kernel: Coefficients
    private let turned: Coefficients
    private let size: (height: Int, width: Int)

    init(_ kernel: BlurKernel, on device: Device) throws(TorchError) {
        let shape = [1, 1, kernel.height, kernel.width]
        self.kernel = try Coefficients(Tensor(kernel.weights, shape: shape), on: device)
        turned = try Coefficients(Tensor(kernel.weights.reversed(), shape: shape), on: device)
        size = (kernel.height, kernel.width)
    }

    /// libtorch correlates; with the turned kernel that is a convolution.
    func forth(_ x: Tensor) throws(TorchError) -> Tensor {
        try x.convolved(with: turned.matching(x))
    }

    func back(_ y: Tensor) throws(TorchError) -> Tensor {
        let (down, across) = (size.height - 1, size.width - 1)
        return try y.padded(left: across, right: across, top: down, bottom: down)
            .convolved(with: kernel.matching(y))
    }
}
