import Glibc
import Synchronization

/// Thrown by work that the user has interrupted.
struct Interruption: Error {
    private static let isRequested = Atomic(false)

    /// From now on, an interrupt from the keyboard or a request to end is only noted; a second
    /// one ends the program at once.
    static func note() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                Interruption.isRequested.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }

    /// - Throws: `Interruption` after an interrupt.
    static func check() throws(Interruption) {
        if isRequested.load(ordering: .relaxed) { throw Interruption() }
    }
}
