import CTorch

/// Work on independent parts of a batch, each on a thread of its own.
///
/// Samples that have nothing to do with each other are best worked on side by side: the threads
/// meet once in the end, not in every one of thousands of small operations.
package enum Lanes {
    /// Ranges of nearly equal length that cover `0..<count`, at most `most` of them.
    package static func ranges(of count: Int, atMost most: Int) -> [Range<Int>] {
        let lanes = max(1, min(count, most))
        return (0..<lanes).map { count * $0 / lanes..<count * ($0 + 1) / lanes }
    }

    /// What `body` makes of each of `parts`, at the same time.
    ///
    /// - Parameters:
    ///   - parts: what is worked on; a single part is worked on by the calling thread.
    ///   - body: called on several threads at once, which share nothing that is changed.
    /// - Returns: the values in the order of the parts.
    /// - Throws: what `body` throws for the first part for which it does, or `TorchError`.
    package static func map<Part, Value>(
        _ parts: [Part], _ body: (Part) throws -> Value
    ) throws -> [Value] {
        guard parts.count > 1 else { return try parts.map(body) }
        var results = [Result<Value, any Error>?](repeating: nil, count: parts.count)
        try results.withUnsafeMutableBufferPointer { slots in
            // Every lane writes into its own slot.
            try run(parts.count) { lane in slots[lane] = Result { try body(parts[lane]) } }
        }
        return try results.map { result in
            guard let result else {
                throw TorchError(operation: "lanes", message: "a part was not worked on")
            }
            return try result.get()
        }
    }

    private static func run(_ count: Int, _ work: (Int) -> Void) throws(TorchError) {
        let message = withoutActuallyEscaping(work) { work in
            withUnsafePointer(to: work) { pointer in
                ct_in_lanes(Int64(count), UnsafeMutableRawPointer(mutating: pointer)) {
                    context, lane in
                    context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(lane))
                }
            }
        }
        try check("lanes", [], message)
    }
}
