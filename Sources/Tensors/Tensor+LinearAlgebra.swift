import CTorch

extension Tensor {
    /// The sign and the logarithm of the absolute value of the determinant of a square matrix.
    ///
    /// Cost is cubic in its size.
    ///
    /// - Throws: `TorchError` when the matrix is not square.
    package func signAndLogDeterminant() throws(TorchError) -> (sign: Tensor, logarithm: Tensor) {
        try tensorPair("signAndLogDeterminant", [self]) { ct_slogdet(pointer, $0, $1) }
    }

    /// The inverse of a square matrix.
    ///
    /// Cost is cubic in its size.
    ///
    /// - Throws: `TorchError` when the matrix is singular or not square.
    package func inverse() throws(TorchError) -> Tensor {
        try tensor("inverse", [self]) { ct_inverse(pointer, $0) }
    }

    /// The factors of a matrix: orthonormal columns times an upper triangle.
    ///
    /// - Throws: `TorchError` when there are fewer than two axes.
    package func qr() throws(TorchError) -> (orthogonal: Tensor, triangular: Tensor) {
        try tensorPair("qr", [self]) { ct_qr(pointer, $0, $1) }
    }

    /// The factors of a square matrix P·L·U: a permutation, a lower triangle with ones on its
    /// diagonal, and an upper triangle.
    ///
    /// - Throws: `TorchError` when there are fewer than two axes.
    package func lu() throws(TorchError) -> (permutation: Tensor, lower: Tensor, upper: Tensor) {
        let (permutation, packed) = try tensorPair("lu", [self]) { ct_lu(pointer, $0, $1) }
        let identity = try Tensor.identity(shape.last ?? 0, dataType(), on: device())
        return (
            permutation, try packed.lowerTriangle(diagonal: -1) + identity,
            try packed.upperTriangle()
        )
    }

    /// The solution X of `self` · X = `rightSide`.
    ///
    /// - Throws: `TorchError` when the matrix is singular or the shapes do not fit.
    package func solve(_ rightSide: Tensor) throws(TorchError) -> Tensor {
        try tensor("solve", [self, rightSide]) { ct_solve(pointer, rightSide.pointer, $0) }
    }

    /// The lower triangle L of a positive definite matrix L·Lᵀ.
    ///
    /// - Throws: `TorchError` when the matrix is not positive definite.
    package func cholesky() throws(TorchError) -> Tensor {
        try tensor("cholesky", [self]) { ct_cholesky(pointer, $0) }
    }

    /// The diagonal of a matrix.
    ///
    /// - Throws: `TorchError` when there are fewer than two axes.
    package func diagonal() throws(TorchError) -> Tensor {
        try tensor("diagonal", [self]) { ct_diagonal(pointer, $0) }
    }

    /// The matrix with this diagonal and 0 elsewhere.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func diagonalMatrix() throws(TorchError) -> Tensor {
        try tensor("diagonalMatrix", [self]) { ct_diag_embed(pointer, $0) }
    }

    /// The matrix with 0 above the given diagonal.
    ///
    /// - Throws: `TorchError` when there are fewer than two axes.
    package func lowerTriangle(diagonal: Int = 0) throws(TorchError) -> Tensor {
        try tensor("lowerTriangle", [self]) { ct_tril(pointer, Int64(diagonal), $0) }
    }

    /// The matrix with 0 below the given diagonal.
    ///
    /// - Throws: `TorchError` when there are fewer than two axes.
    package func upperTriangle(diagonal: Int = 0) throws(TorchError) -> Tensor {
        try tensor("upperTriangle", [self]) { ct_triu(pointer, Int64(diagonal), $0) }
    }
}

extension Tensor {
    /// The unnormalised Fourier transform over the last two axes.
    ///
    /// - Throws: `TorchError` when there are fewer than two axes.
    package func fourier() throws(TorchError) -> Tensor {
        try tensor("fourier", [self]) { ct_fft2(pointer, false, $0) }
    }

    /// The inverse of `fourier`, divided by the number of pixels.
    ///
    /// - Throws: `TorchError` when there are fewer than two axes.
    package func inverseFourier() throws(TorchError) -> Tensor {
        try tensor("inverseFourier", [self]) { ct_fft2(pointer, true, $0) }
    }

    /// The non-negative frequencies of the Fourier transform of a real picture.
    ///
    /// - Throws: `TorchError` when it is complex.
    package func realFourier() throws(TorchError) -> Tensor {
        try tensor("realFourier", [self]) { ct_rfft2(pointer, $0) }
    }

    /// The real picture of `height` × `width` with these non-negative frequencies.
    ///
    /// - Throws: `TorchError` when the sizes do not fit.
    package func inverseRealFourier(height: Int, width: Int) throws(TorchError) -> Tensor {
        try tensor("inverseRealFourier", [self]) {
            ct_irfft2(pointer, Int64(height), Int64(width), $0)
        }
    }

    /// The complex tensor with the given parts.
    ///
    /// - Throws: `TorchError` when shapes or types differ.
    package static func complex(real: Tensor, imaginary: Tensor) throws(TorchError) -> Tensor {
        try tensor("complex", [real, imaginary]) {
            ct_complex(real.pointer, imaginary.pointer, $0)
        }
    }
}
