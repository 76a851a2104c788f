import Glibc
import Synchronization

/// Thrown by work that the user has interrupted.
package struct Interruption: Error {
    private static let isRequested = Atomic(false)
    /// Seconds after which work that has not ended is ended; 0 for never.
    private static let patience = Atomic<UInt32>(0)

    package init() {}

    /// From now on, an interrupt from the keyboard or a request to end is only noted; a second
    /// one ends the program at once.
    ///
    /// - Parameter patience: how long the work may take to end by itself, at least a second; without
    ///   it as long as it likes, which is for work that has something to save.
    package static func note(patience: Duration? = nil) {
        let seconds = patience.map { max($0.components.seconds, 1) } ?? 0
        self.patience.store(UInt32(clamping: seconds), ordering: .relaxed)
        // A parent that starts programs from a dispatch thread hands on that all are blocked.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM] {
            sigaddset(&signals, number)
            signal(number) { number in
                Interruption.isRequested.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
                // Zero sets none.
                alarm(Interruption.patience.load(ordering: .relaxed))
            }
        }
        sigaddset(&signals, SIGALRM)
        signal(SIGALRM) { _ in Interruption.end() }
        sigprocmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Ends the program from within the handler of a signal, where little else may be done.
    private static func end() -> Never {
        let words: StaticString = "error: interrupted\n"
        _ = write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
        _exit(SystemExit.interrupted.rawValue)
    }

    /// - Throws: `Interruption` after an interrupt.
    package static func check() throws(Interruption) {
        if isRequested.load(ordering: .relaxed) { throw Interruption() }
    }
}
