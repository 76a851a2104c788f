/// What happens to the coefficients of a group.
enum Shrinkage: Sendable {
    /// Those below `cut`, in the units of pixels, are dropped.
    case threshold(cut: Float)
    /// They are weighed by how far the signal exceeds noise of this standard deviation.
    case wiener(deviation: Float)

    var transform: BlockTransform {
        switch self {
        case .threshold: .wavelet
        case .wiener: .cosine
        }
    }

    /// Shrinks `group`.
    ///
    /// - Parameters:
    ///   - group: coefficients of the noisy blocks.
    ///   - signal: coefficients of the same blocks of the guide.
    ///   - gain: what the standard deviation is multiplied by in this channel.
    /// - Returns: the weight of the group among others: the inverse of the noise that it keeps.
    func apply(to group: BlockGroup, signal: BlockGroup, gain: Float) -> Float {
        switch self {
        case .threshold(let cut):
            return 1 / max(group.drop(below: cut * gain), 1)
        case .wiener(let deviation):
            let variance = deviation * gain * deviation * gain
            return 1 / max(group.weigh(by: signal, variance: variance), 1)
        }
    }
}
