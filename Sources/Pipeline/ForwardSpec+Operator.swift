import Jobs
import Physics

extension [ForwardSpec] {
    /// The one place where the measurement of a job becomes an operator.
    ///
    /// - Throws: `PhysicsError` when a setting makes no sense, `PipelineError` for what a later
    ///   version builds.
    func forwardOperator() throws -> any ForwardOperator {
        Composition.of(try map { try $0.forwardOperator() })
    }
}

extension ForwardSpec {
    fileprivate func forwardOperator() throws -> any ForwardOperator {
        switch self {
        case .identity: Identity()
        case .scale(let factor): try Scale(factor)
        case .mask, .blur, .downsample, .randomMatrix, .matrix, .sign, .quantize, .fourier,
            .grayscale:
            throw PipelineError(.unavailable("this operator"), in: "forward")
        }
    }
}
