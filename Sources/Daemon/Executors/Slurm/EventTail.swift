import FoundationEssentials
import Glibc
import Jobs

/// Follows the file of events that a worker writes, perhaps on another machine.
struct EventTail {
    private let path: String
    private var offset = 0
    private var splitter = LineSplitter(limit: WorkerLine.eventLimit)
    /// Whether the worker has ever become ready.
    private(set) var hasBegun = false

    /// What was read.
    enum Piece: Equatable {
        case event(WorkerEvent)
        /// The start of a line that is none, or that is too long.
        case nonsense(String)
    }

    init(path: String) {
        self.path = path
    }

    /// What has been added since the last call.
    ///
    /// The file is opened anew each time, which is what makes a network file system look again. A
    /// file that is not there, or cannot be read now, has nothing new.
    mutating func read() -> [Piece] {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var pieces: [Piece] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(file, &buffer, buffer.count, off_t(offset))
            guard count > 0 else { return pieces }
            // A hole is what another machine has not delivered yet.
            let bytes = buffer[..<count].prefix { $0 != 0 }
            offset += bytes.count
            pieces += take(Array(bytes))
            if bytes.count < count { return pieces }
        }
    }

    private mutating func take(_ bytes: [UInt8]) -> [Piece] {
        let wasOverlong = splitter.isOverlong
        var pieces: [Piece] = []
        for line in bytes.withUnsafeBytes({ splitter.lines(in: $0) }) {
            pieces.append(understand(line))
        }
        guard splitter.isOverlong, !wasOverlong else { return pieces }
        return pieces + [.nonsense("a line longer than \(WorkerLine.eventLimit) bytes")]
    }

    private mutating func understand(_ line: [UInt8]) -> Piece {
        do {
            let event = try WorkerLine.event(Data(line))
            if case .ready = event { hasBegun = true }
            return .event(event)
        } catch {
            return .nonsense(String(decoding: line.prefix(200), as: UTF8.self))
        }
    }
}
