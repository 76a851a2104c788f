/// Says that something may have changed in the Inbox; what changed is found by looking.
package protocol Alarm: Sendable {
    /// Calls `ring` from now on, at most once every 100 ms.
    func start(ring: @escaping @Sendable () -> Void)

    /// Watches the Inbox and these folders in it, and starts afresh when the Inbox was replaced.
    ///
    /// - Returns: whether anything is watched that was not before: nobody has reported what has happened
    ///   there since the last look.
    func watch(_ folders: [FileName]) -> Bool

    /// How changes are noticed, for the status.
    var mode: AlarmMode { get }

    func stop()
}

package enum AlarmMode: Equatable, Sendable {
    case inotify
    /// Changes are noticed only by looking every few seconds, for the stated reason.
    case polling(String)

    package var text: String {
        switch self {
        case .inotify: "inotify"
        case .polling(let reason): "polling: \(reason)"
        }
    }
}
