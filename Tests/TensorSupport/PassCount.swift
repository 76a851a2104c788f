import Synchronization
import Tensors

/// How many fast ways something takes.
package final class PassCount: Sendable {
    private let count = Mutex(0)

    package init() {}

    package var value: Int { count.withLock { $0 } }

    /// What `body` gives, with the fast ways counted that it takes.
    package func counting<Value>(_ body: () throws -> Value) rethrows -> Value {
        try FastPaths.$witness.withValue({ self.count.withLock { $0 += 1 } }, operation: body)
    }
}
