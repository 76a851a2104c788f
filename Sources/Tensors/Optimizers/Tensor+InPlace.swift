import CTorch

/// The only operations that change a tensor's content; for optimisers and parameters.
extension Tensor {
    /// Replaces the content by that of `source`, which has the same shape.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    package func overwrite(with source: Tensor) throws(TorchError) {
        try check("overwrite", [self, source], ct_copy_in_place(pointer, source.pointer))
    }

    /// Adds `factor` times `source`.
    ///
    /// - Throws: `TorchError` when the shapes differ.
    package func accumulate(_ source: Tensor, times factor: Double) throws(TorchError) {
        try check("accumulate", [self, source], ct_add_in_place(pointer, source.pointer, factor))
    }
}

/// Moves every target towards its source: target + weight · (source − target).
///
/// - Throws: `TorchError` when shapes differ.
package func interpolate(
    _ targets: [Tensor], towards sources: [Tensor], weight: Double
) throws(TorchError) {
    precondition(targets.count == sources.count, "as many targets as sources")
    try check(
        "interpolate", [],
        ct_lerp_in_place(
            targets.map(\.pointer), sources.map(\.pointer), targets.count, weight))
}

/// Scales `gradients` in place so that their joint norm is at most `maximum`; returns the norm
/// before.
///
/// - Throws: `TorchError` when a gradient has no norm.
package func clipNorm(of gradients: [Tensor], to maximum: Double) throws(TorchError) -> Double {
    var norm = 0.0
    let pointers: [OpaquePointer?] = gradients.map(\.pointer)
    try check("clipNorm", [], ct_total_norm(pointers, pointers.count, &norm))
    if norm > maximum {
        try check("clipNorm", [], ct_scale_in_place(pointers, pointers.count, maximum / norm))
    }
    return norm
}
