import Glibc
import Tensors

/// A separable Gaussian window whose mean pictures are compared with, zero outside.
struct GaussianWindow: Sendable {
    /// Row and column weights; their sum is 1 before any power is taken.
    private let weights: [Double]

    init(std: Double) {
        let radius = Int((3 * std).rounded(.up))
        let heights = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (std * std)) }
        let total = heights.reduce(0, +)
        weights = heights.map { $0 / total }
    }

    private init(weights: [Double]) {
        self.weights = weights
    }

    /// The window with every weight squared, which variances are summed with.
    var squared: GaussianWindow { GaussianWindow(weights: weights.map { $0 * $0 }) }

    /// The sums of `picture` over the window, channel by channel.
    ///
    /// - Throws: `TorchError` when memory is short.
    func blurred(_ picture: Tensor) throws(TorchError) -> Tensor {
        let shape = picture.shape
        let size = weights.count
        let kernel = try Tensor(weights, shape: [1, 1, size, 1])
            .converted(to: picture.dataType()).moved(to: picture.device())
        let planes = try picture.reshaped(to: [-1, 1, shape[2], shape[3]])
        let half = size / 2
        let down = try planes.padded(left: 0, right: 0, top: half, bottom: half)
            .convolved(with: kernel)
        return try down.padded(left: half, right: half, top: 0, bottom: 0)
            .convolved(with: kernel.permuted([0, 1, 3, 2])).reshaped(to: shape)
    }
}
