package import FoundationEssentials
import Glibc
import Jobs

/// Reads a stream line by line and holds no more than one line of the longest that is allowed.
package struct LineReader: ~Copyable {
    package enum Line: Equatable, Sendable {
        /// Without its line feed.
        case text(Data)
        /// Longer than allowed; it was thrown away.
        case tooLong
    }

    private let descriptor: Int32
    private let limit: Int
    private var pending = Data()
    private var hasEnded = false

    /// A reader of `descriptor`, which stays open.
    package init(_ descriptor: Int32, limit: Int = WorkerLine.limit) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// The next line, nil at the end of the stream.
    ///
    /// What follows the last line feed is no line: its writer was interrupted.
    ///
    /// - Throws: `StreamError` when the stream cannot be read.
    package mutating func next() throws(StreamError) -> Line? {
        var isTooLong = false
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(pending[..<end])
                pending = Data(pending[pending.index(after: end)...])
                return isTooLong || line.count > limit ? .tooLong : .text(line)
            }
            if pending.count > limit {
                isTooLong = true
                pending = Data()
            }
            guard try fill() else { return nil }
        }
    }

    /// Reads more; false at the end.
    private mutating func fill() throws(StreamError) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while !hasEnded {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw StreamError(code: errno) }
            hasEnded = count == 0
            pending.append(contentsOf: buffer[..<count])
            return !hasEnded
        }
        return false
    }
}
