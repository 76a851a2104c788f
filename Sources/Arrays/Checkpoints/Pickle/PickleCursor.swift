/// Reads pickles from front to back, out of memory or piece by piece out of a file.
struct PickleCursor {
    /// The file, in errors.
    let context: String
    /// How many bytes have been read.
    private(set) var position = 0
    private let file: InputFile?
    private let size: Int
    /// The bytes at hand, and where the first of them is.
    private var window: [UInt8]
    private var windowStart = 0

    /// More than the pickles of any checkpoint have.
    static let maximumSize = 64 << 20
    private static let windowSize = 1 << 16
    private static let maximumLineLength = 256

    /// Begins at the front of `bytes`.
    init(_ bytes: [UInt8], context: String) {
        self.context = context
        file = nil
        size = bytes.count
        window = bytes
    }

    /// Begins at the front of `file`, of which only the pickles are read.
    init(_ file: InputFile) {
        context = file.path
        self.file = file
        size = file.size
        window = []
    }

    /// The next byte.
    ///
    /// - Throws: `ArrayError` at the end.
    mutating func byte() throws(ArrayError) -> UInt8 {
        let index = try advance(1)
        return window[index]
    }

    /// The next `count` bytes.
    ///
    /// - Throws: `ArrayError` when there are fewer.
    mutating func bytes(_ count: Int) throws(ArrayError) -> ArraySlice<UInt8> {
        let index = try advance(count)
        return window[index..<index + count]
    }

    /// The next `size` bytes as an unsigned number, little-endian.
    ///
    /// - Throws: `ArrayError` at the end, and for a number beyond `Int`.
    mutating func integer(size: Int) throws(ArrayError) -> Int {
        let value = try bytes(size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let integer = Int(exactly: value) else { throw damage("says an impossible size") }
        return integer
    }

    /// The text before the next end of line.
    ///
    /// - Throws: `ArrayError` when the line is too long for a name or is not UTF-8.
    mutating func line() throws(ArrayError) -> String {
        var bytes: [UInt8] = []
        while true {
            let byte = try byte()
            if byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
            guard bytes.count <= Self.maximumLineLength else {
                throw damage("has a name of more than \(Self.maximumLineLength) bytes")
            }
        }
        guard let line = String(validating: bytes, as: UTF8.self) else {
            throw damage("has a name that is not UTF-8")
        }
        return line
    }

    /// Sees to it that `count` bytes follow.
    ///
    /// - Throws: `ArrayError` when there are fewer.
    func expect(_ count: Int) throws(ArrayError) {
        guard count <= size - position else {
            throw damage("ends early")
        }
        guard count <= Self.maximumSize - position else {
            throw refusal("goes on beyond 64 MiB, more than any checkpoint needs")
        }
    }

    /// An error about a pickle that is not one, here.
    func damage(_ what: String) -> ArrayError {
        ArrayError(
            .malformed("the pickle, at byte \(position), \(what); copy or download the file again"),
            in: context)
    }

    /// An error about a pickle of more than tensors and scalars, here.
    func refusal(_ what: String) -> ArrayError {
        ArrayError(
            .unsupported(
                "the pickle, at byte \(position), \(what); if you trust the file, load it with "
                    + "PyTorch and save its state_dict() alone"),
            in: context)
    }

    /// Passes over `count` bytes and returns where they begin in the window.
    private mutating func advance(_ count: Int) throws(ArrayError) -> Int {
        try expect(count)
        if position + count > windowStart + window.count, let file {
            let end = min(size, position + max(count, Self.windowSize))
            window = try file.bytes(at: position, count: end - position)
            windowStart = position
        }
        position += count
        return position - count - windowStart
    }
}
