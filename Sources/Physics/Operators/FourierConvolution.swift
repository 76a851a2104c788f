import Tensors

/// A convolution by Fourier transforms: O(H W log(H W)) for H × W continued pixels.
///
///     k ∗ x = F⁻¹ (F k · F x),   k ⋆ y = F⁻¹ (conj(F k) · F y)
struct FourierConvolution: PlaneConvolution {
    /// F k and its conjugate, `[height, width / 2 + 1]`.
    private let spectrum: Coefficients
    private let conjugate: Coefficients
    private let kernel: (height: Int, width: Int)
    /// Of the continued picture.
    private let picture: (height: Int, width: Int)
    /// Of the transforms.
    private let padded: (height: Int, width: Int)

    /// The convolution that leaves `height` × `width` pixels.
    init(
        _ kernel: BlurKernel, height: Int, width: Int, on device: Device
    ) throws(TorchError) {
        self.kernel = (kernel.height, kernel.width)
        picture = (height + kernel.height - 1, width + kernel.width - 1)
        padded = (Self.fast(picture.height), Self.fast(picture.width))
        let weights = try Tensor(kernel.weights, shape: [1, 1, kernel.height, kernel.width])
        let whole = try Self.filled(weights, padded).realFourier().reshaped(
            to: [padded.height, padded.width / 2 + 1])
        spectrum = try Coefficients(whole, on: device)
        let opposite = try Tensor.complex(real: whole.realPart(), imaginary: -whole.imaginaryPart())
        conjugate = try Coefficients(opposite, on: device)
    }

    func forth(_ x: Tensor) throws(TorchError) -> Tensor {
        let product = try Self.filled(x, padded).realFourier() * spectrum.matching(x)
        return try product.inverseRealFourier(height: padded.height, width: padded.width)
            .slice(kernel.height - 1..<picture.height, along: 2)
            .slice(kernel.width - 1..<picture.width, along: 3)
    }

    func back(_ y: Tensor) throws(TorchError) -> Tensor {
        let (top, left) = (kernel.height - 1, kernel.width - 1)
        let product =
            try y.padded(
                left: left, right: padded.width - picture.width, top: top,
                bottom: padded.height - picture.height
            ).realFourier() * conjugate.matching(y)
        return try product.inverseRealFourier(height: padded.height, width: padded.width)
            .slice(0..<picture.height, along: 2).slice(0..<picture.width, along: 3)
    }

    /// Zeros below and to the right, up to `size`.
    private static func filled(
        _ x: Tensor, _ size: (height: Int, width: Int)
    ) throws(TorchError) -> Tensor {
        let shape = x.shape
        return try x.padded(
            left: 0, right: size.width - shape[3], top: 0, bottom: size.height - shape[2])
    }

    /// The first even length from `length` on without prime factors above 5.
    private static func fast(_ length: Int) -> Int {
        var candidate = length + length % 2
        while true {
            var rest = candidate
            for prime in [2, 3, 5] { while rest.isMultiple(of: prime) { rest /= prime } }
            if rest == 1 { return candidate }
            candidate += 2
        }
    }
}
