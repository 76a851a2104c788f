import Physics
import Tensors

/// What stands for a matrix where only shapes are asked for.
enum MatrixOutline {
    /// A matrix of zeros with `rows` rows for pictures of `inputShape`, which takes no memory.
    static func matrix(rows: Int, inputShape: [Int]) -> any LinearOperator {
        Zeros(rows: rows, inputShape: inputShape)
    }
}

private struct Zeros: LinearOperator {
    let rows: Int
    let inputShape: [Int]

    // Divisions by it stay finite.
    var normBound: Double { 1 }

    func outputShape(for inputShape: [Int]) throws(PhysicsError) -> [Int] {
        guard inputShape == self.inputShape else {
            throw PhysicsError(.shape(inputShape, expected: "\(self.inputShape)"), in: "matrix")
        }
        return [rows]
    }

    func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        try .zeros([x.shape[0], rows], x.dataType(), on: x.device())
    }

    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor {
        try .zeros([y.shape[0]] + inputShape, y.dataType(), on: y.device())
    }
}
