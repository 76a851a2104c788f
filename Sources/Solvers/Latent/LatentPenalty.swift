import Tensors

/// What is asked of latents besides fitting the measurement.
enum LatentPenalty: Sendable {
    case none
    /// ‖z‖.
    case norm
    /// ‖z‖².
    case squaredNorm

    /// The penalty of every sample, `[batch]`.
    ///
    /// - Throws: `TorchError` when memory is short.
    func value(at z: Tensor) throws(TorchError) -> Tensor {
        switch self {
        case .none: try .zeros([z.shape[0]], z.dataType(), on: z.device())
        // The norm has no gradient at 0, where solvers begin: rounded off there, it is 0.
        case .norm: try (z.square().sumPerSample() + 1e-12).sqrt()
        case .squaredNorm: try z.square().sumPerSample()
        }
    }
}
