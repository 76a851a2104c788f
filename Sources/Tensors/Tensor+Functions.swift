import CTorch

extension Tensor {
    private func unary(
        _ operation: String,
        _ function: (OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>?) -> Message
    ) throws(TorchError) -> Tensor {
        try tensor(operation, [self]) { function(pointer, $0) }
    }

    /// e to the power of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func exp() throws(TorchError) -> Tensor { try unary("exp", ct_exp) }

    /// e to the power of every element, minus 1, exact near 0.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func expm1() throws(TorchError) -> Tensor { try unary("expm1", ct_expm1) }

    /// The natural logarithm of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func log() throws(TorchError) -> Tensor { try unary("log", ct_log) }

    /// The logarithm of 1 + every element, exact near 0.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func log1p() throws(TorchError) -> Tensor { try unary("log1p", ct_log1p) }

    /// The square root of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func sqrt() throws(TorchError) -> Tensor { try unary("sqrt", ct_sqrt) }

    /// 1 over the square root of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func rsqrt() throws(TorchError) -> Tensor { try unary("rsqrt", ct_rsqrt) }

    /// Every element times itself.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func square() throws(TorchError) -> Tensor { try unary("square", ct_square) }

    /// 1 over every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func reciprocal() throws(TorchError) -> Tensor {
        try unary("reciprocal", ct_reciprocal)
    }

    /// The sine of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func sin() throws(TorchError) -> Tensor { try unary("sin", ct_sin) }

    /// The cosine of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func cos() throws(TorchError) -> Tensor { try unary("cos", ct_cos) }

    /// The hyperbolic tangent of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func tanh() throws(TorchError) -> Tensor { try unary("tanh", ct_tanh) }

    /// 1 / (1 + exp(-x)) of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func sigmoid() throws(TorchError) -> Tensor { try unary("sigmoid", ct_sigmoid) }

    /// log(sigmoid(x)) of every element, exact for large negative x.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func logSigmoid() throws(TorchError) -> Tensor {
        try unary("logSigmoid", ct_log_sigmoid)
    }

    /// log(1 + exp(x)) of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func softplus() throws(TorchError) -> Tensor { try unary("softplus", ct_softplus) }

    /// Every element, or 0 where it is negative.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func relu() throws(TorchError) -> Tensor { try unary("relu", ct_relu) }

    /// -1, 0 or 1 by the sign of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func sign() throws(TorchError) -> Tensor { try unary("sign", ct_sign) }

    /// Every element rounded down.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func floor() throws(TorchError) -> Tensor { try unary("floor", ct_floor) }

    /// Every element rounded to the nearest, halves to even.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func round() throws(TorchError) -> Tensor { try unary("round", ct_round) }

    /// The error function of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func erf() throws(TorchError) -> Tensor { try unary("erf", ct_erf) }

    /// The logarithm of the gamma function of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func logGamma() throws(TorchError) -> Tensor { try unary("logGamma", ct_lgamma) }

    /// The absolute value of every element.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func magnitude() throws(TorchError) -> Tensor { try unary("magnitude", ct_abs) }

    /// Whether every element is neither infinite nor NaN, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func isFinite() throws(TorchError) -> Tensor { try unary("isFinite", ct_isfinite) }

    /// Whether every element is 0 or false, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func isZero() throws(TorchError) -> Tensor { try unary("isZero", ct_logical_not) }

    /// The real part of a complex tensor.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func realPart() throws(TorchError) -> Tensor { try unary("realPart", ct_real) }

    /// The imaginary part of a complex tensor.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func imaginaryPart() throws(TorchError) -> Tensor {
        try unary("imaginaryPart", ct_imag)
    }

    /// The complex conjugate.
    ///
    /// - Throws: `TorchError` when the type has no such operation.
    package func conjugate() throws(TorchError) -> Tensor { try unary("conjugate", ct_conj) }

    /// Whether no element is infinite or NaN.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func isAllFinite() throws(TorchError) -> Bool {
        try isFinite().isZero().converted(to: .float32).sum().item() == 0
    }
}
