import Physics
import Tensors

/// The means of neighbouring columns: half as many numbers as pixels.
struct Halving: LinearOperator {
    let normBound = 0.5.squareRoot()

    func outputShape(for shape: [Int]) -> [Int] { [shape[0], shape[1], shape[2] / 2] }

    func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        try (x.every(2, from: 0, along: 3) + x.every(2, from: 1, along: 3)) * 0.5
    }

    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
        try Tensor.stacked([y, y], along: 4)
            .reshaped(to: [y.shape[0], y.shape[1], y.shape[2], 2 * y.shape[3]]) * 0.5
    }
}
