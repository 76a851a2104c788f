import CTorch

/// Three convolutions of a frozen network in one pass over the picture, on the CPU.
///
///     last ∗ max(second ∗ max(first ∗ x, 0), lastFloor),  3×3, 1×1 and 3×3
///
/// The same as the convolutions one after the other, up to rounding. Gradients can be taken with
/// respect to x, not with respect to weights, and not twice.
// Sendable: nothing of it changes after it was made.
package final class ConvolutionPass: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// The pass over three weights `[out, in, size, size]` and their biases.
    ///
    /// - Returns: nil where it is not possible: on other devices, in other precisions, in other
    ///   sizes.
    /// - Throws: `TorchError` when memory is short.
    package init?(weights: [Tensor], biases: [Tensor?], lastFloor: Double) throws(TorchError) {
        guard weights.count == 3, biases.count == 3, try Self.canPass(weights) else { return nil }
        var pointer: OpaquePointer?
        try check(
            "pass", weights,
            ct_stack_make(
                weights.map(\.pointer), biases.map { $0?.pointer }, lastFloor, &pointer))
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit {
        ct_stack_release(pointer)
    }

    private static func canPass(_ weights: [Tensor]) throws(TorchError) -> Bool {
        guard ct_has_products() else { return false }
        for (weight, size) in zip(weights, [3, 1, 3]) {
            let shape = weight.shape
            guard shape.count == 4, shape[2] == size, shape[3] == size,
                try weight.isPlain()
            else { return false }
        }
        return weights[1].shape[0] == weights[1].shape[1]
            && weights[0].shape[0] == weights[1].shape[1]
            && weights[2].shape[1] == weights[1].shape[0]
    }

    /// What the convolutions make of `x`, `[batch, channel, height, width]`; nil when `x` is on
    /// another device or in another precision.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor? {
        guard x.shape.count == 4, try x.isPlain() else { return nil }
        return try tensor("pass", [x]) { ct_stack_apply(pointer, x.pointer, $0) }
    }
}

extension Tensor {
    /// Whether it is in single precision in the memory of the processor.
    fileprivate func isPlain() throws(TorchError) -> Bool {
        guard try dataType() == .float32 else { return false }
        return try device() == .cpu
    }
}
