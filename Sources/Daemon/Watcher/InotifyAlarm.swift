import CSystem
import Glibc
import Synchronization

/// The kernel's own reports of changes, used as an alarm clock only.
///
/// Reports can be dropped, and folders below the watched ones report nothing, so nothing depends on
/// them but the time until the next look.
package final class InotifyAlarm: Alarm {
    private let files: LinuxFileSystem
    private let tally: Tally
    private let state = Mutex(State())

    private struct State {
        var watch: Descriptor?
        /// The numbers of the folders that it watches.
        var watched: Set<Int32> = []
        /// Wakes the listening thread when it is written to.
        var interrupt: Descriptor?
        var isLost = true
        var isStopped = false
        var mode = AlarmMode.polling("not started")
    }

    /// The shortest time between two rings, in milliseconds.
    private static let pause = Duration.milliseconds(100)

    package init(files: LinuxFileSystem, tally: Tally = Tally()) {
        self.files = files
        self.tally = tally
    }

    package var mode: AlarmMode { state.withLock { $0.mode } }

    package func start(ring: @escaping @Sendable () -> Void) {
        var ends: [Int32] = [-1, -1]
        guard csys_pipe(&ends) == 0 else { return }
        let interruption = Descriptor(ends[0])
        let interrupt = Descriptor(ends[1])
        state.withLock { $0.interrupt = interrupt }
        watch([])
        let thread = Thread { [self] in listen(interruption, ring) }
        if !thread.hasStarted {
            state.withLock { $0.mode = .polling("the system has no more threads") }
        }
    }

    @discardableResult
    package func watch(_ folders: [FileName]) -> Bool {
        if state.withLock({ $0.isLost }) { open() }
        guard let watch = state.withLock({ $0.watch }) else { return false }
        // Beyond some number of folders, looking now and then has to do.
        let places =
            [Layout.inbox, Layout.wishes] + folders.prefix(256).map { Layout.inbox / $0 }
        var numbers: Set<Int32> = []
        for place in places {
            guard let number = add(place, to: watch) else { continue }
            if number >= 0 {
                numbers.insert(number)
                continue
            }
            if place != Layout.inbox, !Self.mattersToAll(-number) { continue }
            // A new watch may do better.
            state.withLock { state in
                state.mode = .polling(SystemError.words(-number))
                state.isLost = true
            }
            break
        }
        return state.withLock { state in
            let isNew = !numbers.isSubset(of: state.watched)
            state.watched = numbers
            // Where something cannot be watched, all is looked at now and then anyway.
            return isNew && !state.isLost
        }
    }

    package func stop() {
        state.withLock { $0.isStopped = true }
        wakeListener()
    }

    /// Opens a new watch in place of one that lost events or its folder.
    private func open() {
        let mode = newMode()
        let number = mode == .inotify ? csys_watch_open() : -1
        let watch = number >= 0 ? Descriptor(number) : nil
        let isExhausted = watch == nil && mode == .inotify
        state.withLock { state in
            state.watch = watch
            state.watched = []
            state.mode = isExhausted ? .polling("inotify is exhausted") : mode
            // A file system without reports stays so; an exhausted inotify may recover.
            state.isLost = isExhausted
        }
        wakeListener()
    }

    private func newMode() -> AlarmMode {
        // A file system that cannot even be named cannot be trusted to report anything.
        guard let type = try? files.space().type else { return .polling("unknown file system") }
        return csys_is_remote(type) ? .polling("the Inbox is on a network file system") : .inotify
    }

    /// Whether a folder that cannot be watched tells of a lack that the others share: not when it
    /// is only closed to the daemon.
    package static func mattersToAll(_ code: Int32) -> Bool { code != EACCES && code != EPERM }

    /// - Returns: the number of the watch, or the negative reason why there is none; nil where there is
    ///   no such folder (any more), which needs no watch.
    private func add(_ folder: SpoolPath, to watch: Descriptor) -> Int32? {
        guard let descriptor = try? files.openFolder(folder, for: "watch") else { return nil }
        return csys_watch_add(watch.number, descriptor.number)
    }

    private func wakeListener() {
        state.withLock { state in
            guard let interrupt = state.interrupt else { return }
            // A full pipe wakes just as well.
            _ = write(interrupt.number, [0], 1)
        }
    }

    /// Rings when something is reported, until the alarm is stopped.
    private func listen(_ interruption: Descriptor, _ ring: @Sendable () -> Void) {
        var lastRing: ContinuousClock.Instant?
        while !state.withLock({ $0.isStopped }) {
            let watch = state.withLock { $0.watch }
            var polled = [
                pollfd(fd: interruption.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: watch?.number ?? -1, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { return }
            if polled[0].revents != 0 {
                var bytes = [UInt8](repeating: 0, count: 256)
                _ = read(interruption.number, &bytes, bytes.count)
            }
            guard polled[1].revents != 0, let watch else { continue }
            // The first report rings at once; what follows in the pause belongs to the next ring.
            if let lastRing { sleep(until: lastRing + Self.pause) }
            lastRing = .now
            let flags = csys_watch_drain(watch.number)
            if flags < 0 || flags & Int32(CSYS_WATCH_LOST.rawValue) != 0 {
                state.withLock { $0.isLost = true }
            }
            if flags > 0, flags & Int32(CSYS_WATCH_OVERFLOWED.rawValue) != 0 {
                tally.add(.overflow)
            }
            ring()
        }
    }

    private func sleep(until time: ContinuousClock.Instant) {
        let rest = (time - .now).components
        guard rest.seconds >= 0, rest.attoseconds > 0 else { return }
        usleep(UInt32(clamping: rest.attoseconds / 1_000_000_000_000))
    }
}
