import CTorch

extension Tensor {
    private typealias Binary = (
        OpaquePointer?, OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Message
    private typealias Scalar = (
        OpaquePointer?, Double, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Message

    private static func binary(
        _ operation: String, _ a: Tensor, _ b: Tensor, _ function: Binary
    ) throws(TorchError) -> Tensor {
        try tensor(operation, [a, b]) { function(a.pointer, b.pointer, $0) }
    }

    private static func scalar(
        _ operation: String, _ x: Tensor, _ value: Double, _ function: Scalar
    ) throws(TorchError) -> Tensor {
        try tensor(operation, [x]) { function(x.pointer, value, $0) }
    }

    /// The element-wise sum, axes of length 1 and missing leading axes repeated.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package static func + (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
        try binary("+", a, b, ct_add)
    }

    /// The element-wise difference, axes of length 1 and missing leading axes repeated.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package static func - (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
        try binary("-", a, b, ct_sub)
    }

    /// The element-wise product, axes of length 1 and missing leading axes repeated.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package static func * (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
        try binary("*", a, b, ct_mul)
    }

    /// The element-wise quotient, axes of length 1 and missing leading axes repeated.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package static func / (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
        try binary("/", a, b, ct_div)
    }

    /// Every element plus a number.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func + (x: Tensor, value: Double) throws(TorchError) -> Tensor {
        try scalar("+", x, value, ct_add_scalar)
    }

    /// Every element minus a number.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func - (x: Tensor, value: Double) throws(TorchError) -> Tensor {
        try scalar("-", x, -value, ct_add_scalar)
    }

    /// A number minus every element.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func - (value: Double, x: Tensor) throws(TorchError) -> Tensor {
        try scalar("-", -x, value, ct_add_scalar)
    }

    /// Every element times a number.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func * (x: Tensor, value: Double) throws(TorchError) -> Tensor {
        try scalar("*", x, value, ct_mul_scalar)
    }

    /// A number times every element.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func * (value: Double, x: Tensor) throws(TorchError) -> Tensor {
        try x * value
    }

    /// Every element divided by a number.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static func / (x: Tensor, value: Double) throws(TorchError) -> Tensor {
        try scalar("/", x, 1 / value, ct_mul_scalar)
    }

    /// Every element with its sign changed.
    ///
    /// - Throws: `TorchError` when memory is short.
    package static prefix func - (x: Tensor) throws(TorchError) -> Tensor {
        try scalar("-", x, -1, ct_mul_scalar)
    }

    /// Every element to the power of a number.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func power(_ exponent: Double) throws(TorchError) -> Tensor {
        try Tensor.scalar("power", self, exponent, ct_pow_scalar)
    }

    /// The larger of each pair of elements.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func maximum(_ other: Tensor) throws(TorchError) -> Tensor {
        try Tensor.binary("maximum", self, other, ct_maximum)
    }

    /// The smaller of each pair of elements.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func minimum(_ other: Tensor) throws(TorchError) -> Tensor {
        try Tensor.binary("minimum", self, other, ct_minimum)
    }

    /// Every element, held between two numbers; the gradient is 0 outside.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func clamped(_ lower: Double, _ upper: Double) throws(TorchError) -> Tensor {
        try tensor("clamped", [self]) { ct_clamp(pointer, lower, upper, $0) }
    }

    /// The matrix product, over leading batch axes.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func matrixProduct(_ other: Tensor) throws(TorchError) -> Tensor {
        try Tensor.binary("matrixProduct", self, other, ct_matmul)
    }

    /// Whether each element is greater than a number, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func isGreater(than value: Double) throws(TorchError) -> Tensor {
        try Tensor.scalar("isGreater", self, value, ct_gt_scalar)
    }

    /// Whether each element is greater than its counterpart, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func isGreater(than other: Tensor) throws(TorchError) -> Tensor {
        try Tensor.binary("isGreater", self, other, ct_gt)
    }

    /// Whether each element is at least a number, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func isAtLeast(_ value: Double) throws(TorchError) -> Tensor {
        try Tensor.scalar("isAtLeast", self, value, ct_ge_scalar)
    }

    /// Whether each element is at least its counterpart, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func isAtLeast(_ other: Tensor) throws(TorchError) -> Tensor {
        try Tensor.binary("isAtLeast", self, other, ct_ge)
    }

    /// Whether each element is less than a number, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func isLess(than value: Double) throws(TorchError) -> Tensor {
        try Tensor.scalar("isLess", self, value, ct_lt_scalar)
    }

    /// Whether each element is less than its counterpart, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func isLess(than other: Tensor) throws(TorchError) -> Tensor {
        try Tensor.binary("isLess", self, other, ct_lt)
    }

    /// Whether each element is at most a number, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func isAtMost(_ value: Double) throws(TorchError) -> Tensor {
        try Tensor.scalar("isAtMost", self, value, ct_le_scalar)
    }

    /// Whether each element is at most its counterpart, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func isAtMost(_ other: Tensor) throws(TorchError) -> Tensor {
        try Tensor.binary("isAtMost", self, other, ct_le)
    }

    /// Whether each element is equal to a number, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func isEqual(to value: Double) throws(TorchError) -> Tensor {
        try Tensor.scalar("isEqual", self, value, ct_eq_scalar)
    }

    /// Whether each element is equal to its counterpart, as a tensor of Booleans.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func isEqual(to other: Tensor) throws(TorchError) -> Tensor {
        try Tensor.binary("isEqual", self, other, ct_eq)
    }

    /// `self` where `condition` holds, `other` elsewhere.
    ///
    /// - Throws: `TorchError` when the shapes do not fit.
    package func chosen(where condition: Tensor, else other: Tensor) throws(TorchError) -> Tensor {
        try tensor("chosen", [condition, self, other]) {
            ct_where(condition.pointer, pointer, other.pointer, $0)
        }
    }
}
