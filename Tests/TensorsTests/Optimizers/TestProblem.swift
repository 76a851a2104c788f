import TensorSupport
import Tensors

/// A function to minimise, with its gradient by autograd.
enum TestProblem: String, CaseIterable {
    case rosenbrock2 = "rosen2"
    case rosenbrock10 = "rosen10"
    case quadratic = "quad6"

    /// The values and gradients at `points` `[batch, n]`, one row at a time.
    func evaluate(_ points: Tensor) throws -> (values: [Double], gradients: Tensor) {
        var values: [Double] = []
        var gradients: [Tensor] = []
        for row in 0..<points.shape[0] {
            let x = try points.element(row).leaf()
            let value = try value(at: x)
            values.append(try value.item())
            gradients += try value.gradients(of: [x])
        }
        return (values, try .stacked(gradients))
    }

    func value(at x: Tensor) throws -> Tensor {
        switch self {
        case .rosenbrock2, .rosenbrock10:
            let head = try x.slice(0..<x.count - 1, along: 0)
            let tail = try x.slice(1..<x.count, along: 0)
            return try ((tail - head.square()).square() * 100 + (1 - head).square()).sum()
        case .quadratic:
            let golden = try GoldenTensors("numerics/optimisers.npz")
            let half = try golden["quad_Q"].matrixProduct(x) * 0.5 - golden["quad_b"]
            return try (x * half).sum()
        }
    }
}
