import Tensors

/// What a density says of some windows.
struct WindowLook {
    /// log p of every window, in nats.
    let values: [Double]
    /// Their gradients, like the windows; nil when nobody asks.
    let gradients: Tensor?

    /// Looks at `windows`, of whose history nothing is kept.
    ///
    /// - Throws: `TorchError` when the shape does not fit.
    init(at windows: Tensor, by density: any PictureDensity, isGraded: Bool) throws {
        guard isGraded else {
            values = try withoutGradient { try density.logDensity(windows).doubles() }
            gradients = nil
            return
        }
        let leaf = try windows.leaf()
        let (each, sum) = try withGradient {
            let each = try density.logDensity(leaf)
            return (each, try each.sum())
        }
        values = try each.detached().doubles()
        gradients = try sum.gradients(of: [leaf])[0]
    }
}
