import Synchronization
import Tensors

/// Whether an objective is still computed in the fast ways, or was found not to be finite in them
/// alone.
///
/// The first value that is not finite is computed once more with libtorch's own operations. Where
/// that helps, they are used from then on; where it does not, the fast ways are not to blame.
final class FastPathTrust: Sendable {
    private enum State {
        case unquestioned, kept, lost
    }

    private let state = Mutex(State.unquestioned)

    /// Whether only libtorch's own operations give finite values.
    var isLost: Bool { state.withLock { $0 == .lost } }

    /// What `evaluate` gives, in the fast ways as long as they deserve it.
    ///
    /// - Throws: what `evaluate` throws.
    func evaluation(
        _ evaluate: () throws -> Objective.Evaluation
    ) throws -> Objective.Evaluation {
        let fast = try FastPaths.$areAvoided.withValue(isLost, operation: evaluate)
        guard fast.isFinite.contains(false), state.withLock({ $0 == .unquestioned }) else {
            return fast
        }
        let plain = try FastPaths.$areAvoided.withValue(true, operation: evaluate)
        let helps = zip(plain.isFinite, fast.isFinite).contains { $0 && !$1 }
        state.withLock { $0 = helps ? .lost : .kept }
        return helps ? plain : fast
    }
}
