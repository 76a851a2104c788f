import Tensors

extension CollaborativeFilter {
    /// Both rounds on pictures with white noise, `[batch, channel, height, width]`.
    ///
    /// - Parameters:
    ///   - noisy: the pictures.
    ///   - deviations: the standard deviation of the noise of every picture.
    ///   - afterFirst: told what the first round makes of them.
    /// - Returns: the pictures without the noise.
    /// - Throws: what `afterFirst` throws, or `TorchError`.
    static func denoised(
        _ noisy: Tensor, _ deviations: [Double], afterFirst: (Tensor) throws -> Void = { _ in }
    ) throws -> Tensor {
        func tensor(_ planes: [Planes]) throws -> Tensor {
            try .stacked(planes.map { try $0.tensor(like: noisy) })
        }
        let filters = deviations.map { CollaborativeFilter(deviation: $0) }
        let planes = try (0..<noisy.shape[0]).map { try Planes(noisy.element($0)) }
        let basic = try thresholded(planes, filters)
        try afterFirst(tensor(basic))
        return try tensor(weighed(planes, by: basic, filters))
    }
}
