package import FoundationEssentials

/// One line of the worker protocol: a JSON object and a line feed.
package enum WorkerLine {
    /// The longest request that a worker accepts, in bytes.
    package static let limit = 256 << 10
    /// The longest event that the daemon accepts: the last one lists every file of a result.
    package static let eventLimit = 16 << 20

    /// The line that says `message`, ending in a line feed.
    ///
    /// - Throws: `EncodingError` when a number in `message` is not finite.
    package static func encode(_ message: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var line = try encoder.encode(message)
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// The event in `line`, which stands without its line feed.
    ///
    /// - Throws: `DecodingError` when it is not one.
    package static func event(_ line: Data) throws -> WorkerEvent {
        try JSONDecoder().decode(WorkerEvent.self, from: line)
    }

    /// The request in `line`, which stands without its line feed.
    ///
    /// - Throws: `DecodingError` when it is not one.
    package static func request(_ line: Data) throws -> WorkerRequest {
        try JSONDecoder().decode(WorkerRequest.self, from: line)
    }
}
