/// Cuts a stream of bytes into lines.
struct LineSplitter {
    /// A line longer than this makes the stream useless.
    let limit: Int
    private var rest: [UInt8] = []
    private(set) var isOverlong = false

    init(limit: Int) {
        self.limit = limit
    }

    /// The lines that end in `bytes`, without their line feeds.
    mutating func lines(in bytes: UnsafeRawBufferPointer) -> [[UInt8]] {
        var found: [[UInt8]] = []
        var start = bytes.startIndex
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            rest += bytes[start..<index]
            found.append(rest)
            rest = []
            start = index + 1
        }
        rest += bytes[start...]
        if rest.count > limit || found.contains(where: { $0.count > limit }) { isOverlong = true }
        if isOverlong { rest = [] }
        return isOverlong ? [] : found
    }
}
