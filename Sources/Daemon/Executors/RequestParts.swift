extension [String] {
    /// The strings in lists that each fit into one request.
    ///
    /// A list takes at most half of what a pipe holds that cannot be enlarged, so that the rest of
    /// the request has room beside it; a string that is longer than that stands alone.
    var requestParts: [[String]] {
        var parts: [[String]] = []
        var room = 0
        for string in self {
            let bytes = string.bytesInRequest
            if parts.isEmpty || bytes > room {
                parts.append([])
                room = 32 << 10
            }
            parts[parts.count - 1].append(string)
            room -= bytes
        }
        return parts
    }
}

extension String {
    /// The most that the string takes as JSON, with its quotes and comma.
    fileprivate var bytesInRequest: Int {
        utf8.reduce(3) { sum, byte in
            let isPlain = byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            return sum + (isPlain ? 1 : 6)
        }
    }
}
