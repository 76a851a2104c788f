import Synchronization
import Tensors

/// Whether an objective is still computed in the fast ways, or was found not to be finite in them
/// alone.
///
/// The first value of a sample that is not finite is computed once more with libtorch's own
/// operations. Where that helps, they are used from then on, for all samples; where it does not, the
/// fast ways are not to blame for this sample, and the others are still looked at.
final class FastPathTrust: Sendable {
    private struct Findings {
        /// Samples that only libtorch's own operations give finite values for.
        var mended: Set<Int> = []
        /// Samples that these did not help.
        var hopeless: Set<Int> = []
    }

    private let findings = Mutex(Findings())

    /// The samples for which only libtorch's own operations gave finite values.
    var mended: Set<Int> { findings.withLock { $0.mended } }

    /// What `evaluate` gives, in the fast ways as long as they deserve it.
    ///
    /// - Throws: what `evaluate` throws.
    func evaluation(
        _ evaluate: () throws -> Objective.Evaluation
    ) throws -> Objective.Evaluation {
        let known = findings.withLock { $0 }
        guard known.mended.isEmpty else {
            return try FastPaths.$areAvoided.withValue(true, operation: evaluate)
        }
        let fast = try FastPaths.$areAvoided.withValue(false, operation: evaluate)
        let suspects = fast.isFinite.indices.filter {
            !fast.isFinite[$0] && !known.hopeless.contains($0)
        }
        guard !suspects.isEmpty else { return fast }
        let plain = try FastPaths.$areAvoided.withValue(true, operation: evaluate)
        let mended = suspects.filter { plain.isFinite[$0] }
        findings.withLock {
            $0.mended.formUnion(mended)
            $0.hopeless.formUnion(suspects.filter { !plain.isFinite[$0] })
        }
        return mended.isEmpty ? fast : plain
    }
}
