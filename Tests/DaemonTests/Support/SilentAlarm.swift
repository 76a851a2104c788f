import Daemon

/// An alarm that never rings: the daemon looks when its time has come.
struct SilentAlarm: Alarm {
    let mode = AlarmMode.polling("nothing rings")

    func start(ring: @escaping @Sendable () -> Void) {}
    func watch(_ folders: [FileName]) -> Bool { false }
    func stop() {}
}
