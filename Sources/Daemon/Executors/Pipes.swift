import CSystem
import Glibc
import Jobs

/// The three streams between the daemon and a worker.
final class Pipes {
    static let longestLine = WorkerLine.limit

    /// The daemon's ends.
    let requests: Descriptor
    let events: Descriptor
    let log: Descriptor
    /// The worker's ends, which are closed here when it has them.
    private var childEnds: [Descriptor]

    var childInput: Int32 { childEnds.isEmpty ? -1 : childEnds[0].number }
    var childOutput: Int32 { childEnds.isEmpty ? -1 : childEnds[1].number }
    var childErrors: Int32 { childEnds.isEmpty ? -1 : childEnds[2].number }

    /// nil, with the reason in `errno`, when the system has no more descriptors.
    ///
    /// - Parameter isAsked: whether the worker reads requests; else its input is empty.
    init?(isAsked: Bool = true) {
        guard let input = isAsked ? Pipes.open() : Pipes.nothing(), let output = Pipes.open(),
            let errors = Pipes.open()
        else {
            return nil
        }
        requests = input.write
        events = output.read
        log = errors.read
        childEnds = [input.read, output.write, errors.write]
        // A request must fit at once: the daemon never waits for a worker to read.
        _ = fcntl(requests.number, Pipes.setSize, Int32(2 * Pipes.longestLine))
        for end in [requests, events, log] { _ = fcntl(end.number, F_SETFL, O_NONBLOCK) }
    }

    func closeChildEnds() {
        childEnds = []
    }

    /// `F_SETPIPE_SZ`, which Swift does not see.
    private static let setSize: Int32 = 1031

    private static func nothing() -> (read: Descriptor, write: Descriptor)? {
        let empty = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
        return empty < 0 ? nil : (Descriptor(empty), Descriptor(-1))
    }

    private static func open() -> (read: Descriptor, write: Descriptor)? {
        var ends: [Int32] = [-1, -1]
        guard csys_pipe(&ends) == 0 else { return nil }
        return (Descriptor(ends[0]), Descriptor(ends[1]))
    }

    /// What can be read now: one piece, or everything that is left of a process that has ended.
    ///
    /// At the end of the stream `polled` is taken out of the polling.
    static func read(_ polled: inout pollfd, toEnd: Bool) -> [UInt8] {
        var found: [UInt8] = []
        guard polled.fd >= 0, toEnd || polled.revents != 0 else { return found }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        repeat {
            let count = Glibc.read(polled.fd, &buffer, buffer.count)
            if count > 0 {
                found += buffer[..<count]
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                polled.fd = -1
                return found
            } else if errno == EAGAIN {
                return found
            }
        } while toEnd && found.count < 64 << 20
        return found
    }
}

/// A list of strings as C wants it, ending in nil.
final class CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String]) {
        pointers = strings.map { strdup($0) } + [nil]
    }

    deinit {
        for pointer in pointers { free(pointer) }
    }
}
