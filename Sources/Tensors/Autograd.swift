import CTorch

extension Tensor {
    /// A copy of the values that gradients can be taken for.
    ///
    /// - Throws: `TorchError` when the type has no gradients.
    package func leaf() throws(TorchError) -> Tensor {
        try tensor("leaf", [self]) { ct_leaf(pointer, $0) }
    }

    /// The same values without history.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func detached() throws(TorchError) -> Tensor {
        try tensor("detached", [self]) { ct_detach(pointer, $0) }
    }

    /// The gradients of this number with respect to `leaves`, zero where it does not depend.
    ///
    /// With `keepsGraph`, gradients of the gradients can be taken.
    ///
    /// - Throws: `TorchError` when this is not one number or has no history.
    package func gradients(
        of leaves: [Tensor], keepsGraph: Bool = false
    ) throws(TorchError) -> [Tensor] {
        var pointers = [OpaquePointer?](repeating: nil, count: leaves.count)
        try check(
            "gradients", [self],
            ct_gradients(pointer, leaves.map(\.pointer), leaves.count, keepsGraph, &pointers))
        return pointers.compactMap { $0 }.map { Tensor(Handle(owning: $0)) }
    }

    /// Adds to every leaf that `values` were computed from what `gradients` of these mean for it,
    /// for `takeGradient` to fetch.
    ///
    /// For gradients that are put together piece by piece: a leaf need not be known here, and a
    /// piece costs nothing for those that it does not depend on. Leaves belong to one thread
    /// meanwhile.
    ///
    /// - Throws: `TorchError` when shapes differ or a value has no history.
    package static func pushGradients(
        _ gradients: [Tensor], of values: [Tensor]
    ) throws(TorchError) {
        precondition(gradients.count == values.count, "one gradient per value")
        try check(
            "pushGradients", values,
            ct_push_gradients(values.map(\.pointer), gradients.map(\.pointer), values.count))
    }

    /// The sum of what was pushed to this leaf, zero when nothing was; the leaf forgets it.
    ///
    /// - Throws: `TorchError` when memory is short.
    package func takeGradient() throws(TorchError) -> Tensor {
        try tensor("takeGradient", [self]) { ct_take_gradient(pointer, $0) }
    }
}

/// Whether what this thread computes now records its history.
package func isHistoryRecorded() -> Bool {
    var isRecorded = false
    var ignored = false
    // Setting a flag cannot fail.
    _ = ct_gradient_mode(false, &isRecorded)
    _ = ct_gradient_mode(isRecorded, &ignored)
    return isRecorded
}

/// Runs `body` without recording history, on this thread.
///
/// - Throws: what `body` throws, or `TorchError`.
package func withoutGradient<Result>(_ body: () throws -> Result) throws -> Result {
    try withGradientMode(false, body)
}

/// Runs `body` with history recorded, on this thread, even inside `withoutGradient`.
///
/// - Throws: what `body` throws, or `TorchError`.
package func withGradient<Result>(_ body: () throws -> Result) throws -> Result {
    try withGradientMode(true, body)
}

private func withGradientMode<Result>(
    _ isEnabled: Bool, _ body: () throws -> Result
) throws -> Result {
    var previous = false
    try check("gradientMode", [], ct_gradient_mode(isEnabled, &previous))
    defer {
        var ignored = false
        _ = ct_gradient_mode(previous, &ignored)
    }
    return try body()
}
