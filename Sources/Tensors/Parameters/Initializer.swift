/// How a new parameter begins.
package enum Initializer: Sendable {
    case zeros
    case constant(Double)
    /// Normal with mean 0.
    case normal(std: Double)
    /// Uniform within ±√(1 / inputs): PyTorch's start for convolutions.
    case fanIn(Int)
    /// A random rotation: the orthogonal factor of a normal square matrix.
    case rotation
    case value(Tensor)

    /// A fresh tensor of `shape`.
    ///
    /// - Throws: `TorchError` when memory is short or the shape does not fit.
    func tensor(_ shape: [Int], from generator: inout Generator) throws(TorchError) -> Tensor {
        switch self {
        case .zeros: try .zeros(shape)
        case .constant(let value): try .full(shape, value)
        case .normal(let std): try generator.normal(shape) * std
        case .fanIn(let inputs):
            try (generator.uniform(shape) * 2 - 1) * (1 / Double(inputs)).squareRoot()
        case .rotation:
            try generator.normal(shape, .float64).qr().orthogonal.contiguous()
                .converted(to: .float32)
        case .value(let tensor): tensor
        }
    }
}
