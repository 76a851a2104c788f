import CTorch

/// Runs `body` with convolutions and matrix products in bfloat16 when `isOn`.
///
/// The mode belongs to the thread, so the closure must not be asynchronous.
///
/// - Throws: what `body` throws.
package func withHalfPrecision<Result>(
    _ isOn: Bool, on device: Device, _ body: () throws -> Result
) throws -> Result {
    guard try setHalfPrecision(isOn, on: device) != isOn else { return try body() }
    defer {
        // Setting back what was set cannot fail.
        _ = try? setHalfPrecision(!isOn, on: device)
    }
    return try body()
}

/// Runs `body` in the precision of its tensors, whatever is set around it.
///
/// - Throws: what `body` throws.
package func withFullPrecision<Result>(
    on device: Device, _ body: () throws(TorchError) -> Result
) throws(TorchError) -> Result {
    guard try setHalfPrecision(false, on: device) else { return try body() }
    defer {
        // Setting back what was set cannot fail.
        _ = try? setHalfPrecision(true, on: device)
    }
    return try body()
}

/// - Returns: what was before.
private func setHalfPrecision(_ isOn: Bool, on device: Device) throws(TorchError) -> Bool {
    var previous = false
    try check("halfPrecision", [], ct_half_precision(isOn, device.code, &previous))
    return previous
}
