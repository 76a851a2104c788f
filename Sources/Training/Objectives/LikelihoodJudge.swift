import Models
import Tensors

/// Judges a flow by the bits per dimension that it needs for pictures.
struct LikelihoodJudge: Judge {
    static let figure = Figure(unit: "bits/dim", column: "validation_bits_per_dim")

    private let flow: Flow
    private let dequantization: Dequantization

    /// A judge of the frozen `flow`.
    init(_ flow: Flow, _ dequantization: Dequantization) {
        self.flow = flow
        self.dequantization = dequantization
    }

    func pictures(_ bytes: Tensor, noise: inout Generator) throws(TorchError) -> Tensor {
        try dequantization.dequantized(bytes, noise: &noise)
    }

    func draws(_ effort: Effort) -> Int { effort.draws }

    func judgements(of x: Tensor) throws -> [Double] {
        try withoutGradient { try flow.logLikelihood(x).doubles() }
            .map { flow.bitsPerDimension($0, bits: dequantization.bits) }
    }
}
