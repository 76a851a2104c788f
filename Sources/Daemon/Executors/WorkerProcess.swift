import CSystem
import Dispatch
import Glibc
import Jobs
import Synchronization

/// One worker process, and the thread that starts it, listens to it and buries it.
///
/// The kernel kills a child with `PR_SET_PDEATHSIG` when the *thread* that started it ends, so that
/// thread lives until the child has ended, and not a moment less. When the daemon dies, it dies.
final class WorkerProcess: Sendable {
    /// What the process does.
    enum Output: Sendable {
        /// A line on standard output.
        case line([UInt8])
        /// A piece of standard error.
        case log([UInt8])
        /// A line that is longer than the protocol allows.
        case overlong
        /// The process could not be started.
        case notStarted(Int32)
        /// The process has ended; nothing comes after this.
        case ended(exitCode: Int32, signal: Int32)
    }

    let output: AsyncStream<Output>
    private let state: Mutex<State>

    private struct State {
        /// The process, from its start until it is buried.
        var pid: pid_t?
        var input: Descriptor?
        /// What it was sent before it was there.
        var earlySignal: Int32?
        var hasEnded = false
    }

    /// Starts `command`; failures are reported by `output`.
    ///
    /// - Parameters:
    ///   - command: the absolute path of a program, and its arguments.
    ///   - environment: all that it sees of the environment.
    ///   - limits: what it may use.
    ///   - isAsked: whether it is sent requests; else its standard input is empty.
    init(command: [String], environment: [String], limits: csys_limits, isAsked: Bool = true) {
        let (stream, continuation) = AsyncStream.makeStream(of: Output.self)
        output = stream
        state = Mutex(State())
        // A thread of its own and not of a pool, see above; it holds the object until it ends.
        let thread = Thread { [self] in
            live(command, environment, limits, Pipes(isAsked: isAsked), continuation)
            continuation.finish()
        }
        if !thread.hasStarted {
            state.withLock { $0.hasEnded = true }
            continuation.yield(.notStarted(EAGAIN))
            continuation.finish()
        }
    }

    /// Whether the process can be asked something.
    var isAlive: Bool { state.withLock { !$0.hasEnded } }

    /// Writes `line` to the process; unless it is taken, the process is of no use any more.
    func send(_ line: [UInt8]) -> Delivery {
        state.withLock { state in
            guard let input = state.input else { return .gone }
            let count = write(input.number, line, line.count)
            if count == line.count { return .taken }
            return count < 0 && errno == EPIPE ? .gone : .refused
        }
    }

    /// Closes the standard input, which asks the process to end when it is idle.
    func closeInput() {
        state.withLock { $0.input = nil }
    }

    /// Sends `signal` to the process and all its children; one that is still being started gets it as
    /// soon as it is there.
    ///
    /// The lock keeps the process from being buried meanwhile, so that its number is still its own.
    func signal(_ signal: Int32) {
        state.withLock { state in
            if let pid = state.pid {
                _ = csys_kill_group(pid, signal)
            } else if state.earlySignal != SIGKILL {
                state.earlySignal = signal
            }
        }
    }

    /// The life of the process, on its own thread.
    private func live(
        _ command: [String], _ environment: [String], _ limits: csys_limits, _ pipes: Pipes?,
        _ continuation: AsyncStream<Output>.Continuation
    ) {
        guard let pipes, let program = command.first else {
            state.withLock { $0.hasEnded = true }
            continuation.yield(.notStarted(errno))
            return
        }
        let pid = spawn(program, command, environment, limits, pipes)
        guard pid > 0 else {
            state.withLock { $0.hasEnded = true }
            continuation.yield(.notStarted(-pid))
            return
        }
        state.withLock { state in
            state.pid = pid
            state.input = pipes.requests
            if let signal = state.earlySignal { _ = csys_kill_group(pid, signal) }
        }
        pipes.closeChildEnds()
        listen(to: pid, pipes, continuation)
        bury(pid, continuation)
    }

    private func spawn(
        _ program: String, _ command: [String], _ environment: [String], _ limits: csys_limits,
        _ pipes: Pipes
    ) -> pid_t {
        var limits = limits
        let arguments = CStrings(command)
        let variables = CStrings(environment)
        return csys_spawn(
            program, arguments.pointers, variables.pointers, pipes.childInput, pipes.childOutput,
            pipes.childErrors, &limits)
    }

    private func bury(_ pid: pid_t, _ continuation: AsyncStream<Output>.Continuation) {
        var exitCode: Int32 = 0
        var signal: Int32 = 0
        state.withLock { state in
            // Its children must not outlive it; while it is not buried, the group is its own.
            _ = csys_kill_group(pid, SIGKILL)
            _ = csys_reap(pid, &exitCode, &signal)
            state.pid = nil
            state.input = nil
            state.hasEnded = true
        }
        continuation.yield(.ended(exitCode: exitCode, signal: signal))
    }

    /// Passes on what the process says until it has ended and all of it is read.
    private func listen(
        to pid: pid_t, _ pipes: Pipes, _ continuation: AsyncStream<Output>.Continuation
    ) {
        let death = csys_pidfd(pid)
        defer { if death >= 0 { close(death) } }
        var splitter = LineSplitter(limit: WorkerLine.eventLimit)
        var polled = [
            pollfd(fd: pipes.events.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: pipes.log.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: death, events: Int16(POLLIN), revents: 0),
        ]
        // Without a death notice, the end of both streams has to do.
        while polled[2].fd >= 0 || polled[0].fd >= 0 || polled[1].fd >= 0 {
            guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { return }
            let isDead = polled[2].revents != 0
            let events = Pipes.read(&polled[0], toEnd: isDead)
            let wasOverlong = splitter.isOverlong
            let lines = events.withUnsafeBytes { splitter.lines(in: $0) }
            // First: a line may be the last that anybody listens to, and what the worker wrote
            // before it belongs to the same conversation.
            let log = Pipes.read(&polled[1], toEnd: isDead)
            if !log.isEmpty { continuation.yield(.log(log)) }
            for line in lines { continuation.yield(.line(line)) }
            if splitter.isOverlong, !wasOverlong { continuation.yield(.overlong) }
            if isDead { return }
        }
    }
}
