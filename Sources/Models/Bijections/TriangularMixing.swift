package import Tensors

/// An invertible 1×1 convolution whose matrix is kept as triangular factors.
///
///     W = P · (L + I) · (U + diag(sign · exp(log s)));  log |det W| = Σ log s
///
/// L and U are the parts strictly below and above the diagonal: what a file holds elsewhere has no
/// say. The permutation P and the signs never change, so that W stays invertible.
///
/// Kingma, Dhariwal 2018, eq. 10–11. <https://arxiv.org/abs/1807.03039>
package struct TriangularMixing: ChannelMatrix, Bijection {
    let permutation: Tensor
    let lower: Tensor
    let upper: Tensor
    let signs: Tensor
    let logDiagonal: Tensor

    /// Factors of what begins as a random rotation; parameters `lower`, `upper` and
    /// `log_diagonal` in `scope`, beside the constants `permutation` and `signs`.
    ///
    /// - Throws: `TorchError` when memory is short.
    package init(channels: Int, in scope: ParameterScope) throws(TorchError) {
        let square = [channels, channels]
        let factors: Factors
        if let rotation = try scope.drawn(square, .rotation) {
            factors = try Factors(rotation)
        } else {
            factors = try Factors(.identity(channels))
        }
        permutation = try scope.buffer("permutation", square, .value(factors.permutation))
        signs = try scope.buffer("signs", [channels], .value(factors.signs))
        lower = try scope.parameter("lower", square, .value(factors.lower))
        upper = try scope.parameter("upper", square, .value(factors.upper))
        logDiagonal = try scope.parameter(
            "log_diagonal", [channels], .value(factors.logDiagonal))
    }

    package func weights(_ type: DataType) throws(TorchError) -> Tensor {
        let identity = try Tensor.identity(logDiagonal.shape[0], type, on: lower.device())
        let diagonal = try signs.converted(to: type) * logDiagonal.converted(to: type).exp()
        let l = try lower.converted(to: type).lowerTriangle(diagonal: -1) + identity
        let u = try upper.converted(to: type).upperTriangle(diagonal: 1) + diagonal.diagonalMatrix()
        return try permutation.converted(to: type).matrixProduct(l).matrixProduct(u)
    }

    package func logDeterminantPerPixel() throws(TorchError) -> Tensor {
        try logDiagonal.sum()
    }

    package func frozen() throws(TorchError) -> any Bijection {
        ChannelMixing(matrix: try weights(lower.dataType()).detached())
    }
}

extension TriangularMixing {
    /// The parts that a matrix falls into.
    private struct Factors {
        let permutation: Tensor
        let lower: Tensor
        let upper: Tensor
        let signs: Tensor
        let logDiagonal: Tensor

        init(_ matrix: Tensor) throws(TorchError) {
            let factors = try matrix.converted(to: .float64).lu()
            let diagonal = try factors.upper.diagonal()
            permutation = factors.permutation
            lower = try factors.lower.lowerTriangle(diagonal: -1)
            upper = try factors.upper.upperTriangle(diagonal: 1)
            signs = try diagonal.sign()
            logDiagonal = try diagonal.magnitude().log()
        }
    }
}
