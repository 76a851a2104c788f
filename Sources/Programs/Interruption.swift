import Glibc
import Synchronization

/// Thrown by work that the user has interrupted.
package struct Interruption: Error {
    private static let isRequested = Atomic(false)

    package init() {}

    /// From now on, an interrupt from the keyboard or a request to end is only noted; a second
    /// one ends the program at once.
    package static func note() {
        // A parent that starts programs from a dispatch thread hands on that all are blocked.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM] {
            sigaddset(&signals, number)
            signal(number) { number in
                Interruption.isRequested.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
        sigprocmask(SIG_UNBLOCK, &signals, nil)
    }

    /// - Throws: `Interruption` after an interrupt.
    package static func check() throws(Interruption) {
        if isRequested.load(ordering: .relaxed) { throw Interruption() }
    }
}
