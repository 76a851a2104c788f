package import Tensors

/// A fixed affine map of every pixel's channels: what ActNorm and mixing become when frozen.
///
///     z = W x + c
package struct ChannelAffine: Bijection {
    let matrix: Tensor
    let bias: Tensor
    let inverseMatrix: Tensor
    let inverseBias: Tensor
    /// log |det W|, per pixel.
    let logDeterminantPerPixel: Double

    /// The map that does `norm` and then `mixing`; the inverse is taken in double.
    ///
    /// - Throws: `TorchError` when the matrix is singular.
    init(_ norm: ActNorm, _ mixing: any ChannelMatrix) throws(TorchError) {
        let type = try norm.shift.dataType()
        let scale = try norm.scale(.float64).reshaped(to: [1, -1])
        let shift = try norm.shift.converted(to: .float64).reshaped(to: [-1, 1])
        let full = try mixing.weights(.float64) * scale
        let inverse = try full.inverse()
        matrix = try full.converted(to: type).detached()
        bias = try full.matrixProduct(shift).reshaped(to: [-1]).converted(to: type).detached()
        inverseMatrix = try inverse.converted(to: type).detached()
        inverseBias = try (-shift).reshaped(to: [-1]).converted(to: type).detached()
        logDeterminantPerPixel = try full.signAndLogDeterminant().logarithm.item()
    }

    package func encode(_ x: Tensor) throws(TorchError) -> Mapped {
        Mapped(try x.mixed(by: matrix, bias: bias), logDeterminant: try volume(of: x))
    }

    package func decode(_ z: Tensor) throws(TorchError) -> Mapped {
        Mapped(
            try z.mixed(by: inverseMatrix, bias: inverseBias), logDeterminant: try -volume(of: z))
    }

    private func volume(of x: Tensor) throws(TorchError) -> Tensor {
        let (batch, _, height, width) = try x.pictureShape("affine", evenSides: false)
        return try Tensor.full(
            [batch], logDeterminantPerPixel * Double(height * width), x.dataType(), on: x.device())
    }
}
