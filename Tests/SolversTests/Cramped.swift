import Models
import Physics
import Solvers
import Synchronization
import Tensors

/// Leaves pictures as they are, and has no memory for more than a few of them at a time.
struct Cramped: LinearOperator {
    /// How many pictures there were at a time.
    final class Crowd: Sendable {
        private let largest = Mutex(0)

        /// The most so far.
        var size: Int { largest.withLock { $0 } }

        func note(_ count: Int) { largest.withLock { $0 = max($0, count) } }
    }

    /// What fits into memory.
    var most = Int.max
    /// Those that did.
    let crowd = Crowd()
    let normBound = 1.0

    /// What libtorch says of too little memory.
    static let shortage = TorchError(operation: "cramped", message: "not enough memory")

    func outputShape(for shape: [Int]) -> [Int] { shape }

    func apply(_ x: Tensor) throws(TorchError) -> Tensor {
        guard x.shape[0] <= most else { throw Self.shortage }
        crowd.note(x.shape[0])
        return x
    }

    func adjoint(_ y: Tensor) throws(TorchError) -> Tensor { try apply(y) }
}

/// A flow that has no memory for more than a few windows at a time.
struct CrampedDensity: PictureDensity {
    let flow: Flow
    let most: Int
    let crowd: Cramped.Crowd

    func logDensity(_ picture: Tensor) throws(TorchError) -> Tensor {
        guard picture.shape[0] <= most else { throw Cramped.shortage }
        crowd.note(picture.shape[0])
        return try flow.logDensity(picture)
    }
}
