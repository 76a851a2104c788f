import CTorch

/// A frozen network of convolutions in one pass over the picture, on the CPU.
///
/// The same as the convolutions one after the other, up to rounding. Gradients can be taken with
/// respect to the picture, not with respect to weights, and not twice.
// Sendable: nothing of it changes after it was made.
package final class ConvolutionPass: @unchecked Sendable {
    private let pointer: OpaquePointer

    private init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        ct_pass_release(pointer)
    }

    /// Three convolutions, of 3×3, 1×1 and 3×3.
    ///
    ///     last ∗ max(second ∗ max(first ∗ x, 0), lastFloor)
    ///
    /// - Parameters:
    ///   - weights: the three of them, `[out, in, size, size]`.
    ///   - biases: theirs.
    ///   - lastFloor: the smallest number that the last one gets.
    /// - Returns: nil where it is not possible: on other devices, in other precisions, in other
    ///   sizes.
    /// - Throws: `TorchError` when memory is short.
    package static func stack(
        weights: [Tensor], biases: [Tensor?], lastFloor: Double
    ) throws(TorchError) -> ConvolutionPass? {
        guard weights.count == 3, try canPass(weights, sizes: [3, 1, 3]),
            Set([weights[0].shape[0], weights[1].shape[0], weights[1].shape[1]]).count == 1
        else { return nil }
        return try made(weights, biases) { ct_stack_make($0, $1, lastFloor, $2) }
    }

    /// A residual network: a convolution of 3×3, blocks of 3×3 and 1×1, and one of 3×3.
    ///
    ///     h = input ∗ x;  h = h + second ∗ max(first ∗ max(h, 0), 0) per block;  output ∗ max(h, 0)
    ///
    /// - Parameters:
    ///   - weights: all of them in their order, `[out, in, size, size]`.
    ///   - biases: theirs.
    /// - Returns: nil where it is not possible, as with `stack`.
    /// - Throws: `TorchError` when memory is short.
    package static func residual(
        weights: [Tensor], biases: [Tensor?]
    ) throws(TorchError) -> ConvolutionPass? {
        let blocks = (weights.count - 2) / 2
        guard weights.count >= 2, weights.count % 2 == 0,
            try canPass(weights, sizes: [3] + (0..<blocks).flatMap { _ in [3, 1] } + [3])
        else { return nil }
        let width = weights[0].shape[0]
        let isEven = weights.dropFirst().dropLast().allSatisfy {
            $0.shape[0] == width && $0.shape[1] == width
        }
        guard isEven, weights.last?.shape[1] == width else { return nil }
        return try made(weights, biases) { ct_residual_make($0, $1, Int64(blocks), $2) }
    }

    private static func made(
        _ weights: [Tensor], _ biases: [Tensor?],
        _ make: ([OpaquePointer?], [OpaquePointer?], UnsafeMutablePointer<OpaquePointer?>) ->
            Message
    ) throws(TorchError) -> ConvolutionPass? {
        guard biases.count == weights.count else { return nil }
        var pointer: OpaquePointer?
        try check(
            "pass", weights, make(weights.map(\.pointer), biases.map { $0?.pointer }, &pointer))
        return pointer.map(ConvolutionPass.init)
    }

    private static func canPass(_ weights: [Tensor], sizes: [Int]) throws(TorchError) -> Bool {
        guard ct_has_passes() else { return false }
        for (weight, size) in zip(weights, sizes) {
            let shape = weight.shape
            guard shape.count == 4, shape[2] == size, shape[3] == size, try weight.isPlain()
            else { return false }
        }
        return true
    }

    /// What the convolutions make of `x`, `[batch, channel, height, width]`; nil when `x` is on
    /// another device or in another precision, or fast paths are avoided.
    ///
    /// - Throws: `TorchError` when memory is short or the channels are others.
    package func callAsFunction(_ x: Tensor) throws(TorchError) -> Tensor? {
        guard !FastPaths.areAvoided, x.shape.count == 4, try x.isPlain() else { return nil }
        FastPaths.witness?()
        return try tensor("pass", [x]) { ct_pass_apply(pointer, x.pointer, $0) }
    }
}

extension Tensor {
    /// Whether it is in single precision in the memory of the processor.
    fileprivate func isPlain() throws(TorchError) -> Bool {
        guard try dataType() == .float32 else { return false }
        return try device() == .cpu
    }
}
