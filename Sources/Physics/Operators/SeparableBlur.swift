package import Tensors

/// A convolution with a kernel that is a product of weights along both axes, such as a Gaussian.
///
///     Y = V X Hᵀ, with the weights and what is assumed beyond the edge in V and H
///
/// Costs O(h² w + h w²), whatever the size of the kernel, as two products of small matrices: by
/// measurement faster than convolutions and Fourier transforms on pictures of up to some 500 pixels
/// a side.
package struct SeparableBlur: LinearOperator {
    private let axes: AxisProduct

    /// The blur with `kernel`, nil when that is no product.
    ///
    /// - Parameters:
    ///   - kernel: what every pixel is spread to.
    ///   - boundary: what lies beyond the edge.
    ///   - height: of the pictures.
    ///   - width: of the pictures.
    ///   - device: where pictures will be.
    /// - Throws: `TorchError` when memory is short.
    package init?(
        _ kernel: BlurKernel, boundary: Boundary, height: Int, width: Int, on device: Device = .cpu
    ) throws(TorchError) {
        guard let weights = kernel.axes else { return nil }
        axes = try AxisProduct(
            vertical: AxisMatrix(
                boundary.convolution(weights.vertical, length: height), rows: height, on: device),
            horizontal: AxisMatrix(
                boundary.convolution(weights.horizontal, length: width), rows: width, on: device))
    }

    package var normBound: Double { axes.normBound }

    package func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        try axes.outputShape(for: inputShape, in: "blur")
    }

    package func apply(_ x: Tensor) throws(TorchError) -> Tensor { try axes.apply(x) }

    package func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try axes.adjoint(y) }

    /// The blurred picture itself: its inverse would show nothing but noise.
    package func shown(by y: Tensor) throws(TorchError) -> Tensor? { y }
}
