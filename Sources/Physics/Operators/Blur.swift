package import Tensors

/// A convolution with a kernel of any form: f(x) = k ∗ x, channel by channel, of the same size.
///
/// The picture is continued beyond its edges, P x, and the part of k ∗ P x that sees no further is
/// kept; the adjoint is Pᵀ (k ⋆ y), in which what was continued is added up again. The convolution
/// costs O(h w k²), by Fourier transforms O(H W log(H W)) with H = h + k − 1, whichever the size of
/// the kernel makes faster; P costs as much as `AxisProduct`.
package struct Blur: LinearOperator {
    /// How the convolution is carried out.
    package enum Method: Sendable, CaseIterable {
        case direct, fourier

        /// By measurement (`sluice-bench operators`): 3 × 3 weights already take less by Fourier
        /// transforms, 31 × 31 a twentieth.
        package static func fastest(for kernel: BlurKernel) -> Method {
            kernel.height * kernel.width < 9 ? .direct : .fourier
        }
    }

    private let continuation: AxisProduct
    private let convolution: any PlaneConvolution
    package let normBound: Double

    /// The blur of pictures of `height` × `width` pixels.
    ///
    /// - Parameters:
    ///   - kernel: what every pixel is spread to.
    ///   - boundary: what lies beyond the edge.
    ///   - height: of the pictures.
    ///   - width: of the pictures.
    ///   - method: how it is computed; the fastest when nil.
    ///   - device: where pictures will be.
    /// - Throws: `TorchError` when memory is short.
    package init(
        _ kernel: BlurKernel, boundary: Boundary, height: Int, width: Int, method: Method? = nil,
        on device: Device = .cpu
    ) throws(TorchError) {
        let (down, across) = (kernel.height / 2, kernel.width / 2)
        continuation = try AxisProduct(
            vertical: AxisMatrix(
                boundary.continuation(by: down, length: height), rows: height + 2 * down,
                on: device),
            horizontal: AxisMatrix(
                boundary.continuation(by: across, length: width), rows: width + 2 * across,
                on: device))
        switch method ?? .fastest(for: kernel) {
        case .direct: convolution = try DirectConvolution(kernel, on: device)
        case .fourier:
            convolution = try FourierConvolution(kernel, height: height, width: width, on: device)
        }
        // √(‖A‖₁ ‖A‖∞) of the operator with the kernel's absolute weights: its largest column sum.
        let magnitude = try kernel.magnitude
        let sizes = try DirectConvolution(magnitude, on: .cpu)
        let spread = try sizes.back(.ones([1, 1, height, width], .float64))
        let column = try continuation.adjoint(spread).largest().item()
        normBound = (column * magnitude.weights.reduce(0, +)).squareRoot()
    }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        _ = try continuation.outputShape(for: inputShape, in: "blur")
        return inputShape
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        try inPlanes(continuation.apply(x)) { (planes) throws(TorchError) in
            try convolution.forth(planes)
        }
    }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
        try continuation.adjoint(
            inPlanes(y) { (planes) throws(TorchError) in try convolution.back(planes) })
    }

    /// The blurred picture itself: its inverse would show nothing but noise.
    package func shown(by y: Tensor) throws(TorchError) -> Tensor? { y }

    /// Every channel through `body` as a picture of its own.
    private func inPlanes(
        _ x: Tensor, _ body: (Tensor) throws(TorchError) -> Tensor
    ) throws(TorchError) -> Tensor {
        let shape = x.shape
        guard shape.count == 4 else {
            throw TorchError(operation: "blur", shapes: [shape], message: "no pictures")
        }
        let result = try body(x.reshaped(to: [-1, 1, shape[2], shape[3]]))
        return try result.reshaped(to: [shape[0], shape[1]] + result.shape.suffix(2))
    }
}

/// The part of a convolution that does not look beyond the edge, and its adjoint, on
/// `[planes, 1, height, width]`.
protocol PlaneConvolution: Sendable {
    func forth(_ x: Tensor) throws(TorchError) -> Tensor
    func back(_ y: Tensor) throws(TorchError) -> Tensor
}

extension BlurKernel {
    /// The kernel with absolute weights.
    fileprivate var magnitude: BlurKernel {
        get throws(TorchError) {
            do throws(PhysicsError) {
                return try BlurKernel(weights.map(abs), height: height, width: width)
            } catch {
                throw TorchError(operation: "blur", message: error.description)
            }
        }
    }
}
