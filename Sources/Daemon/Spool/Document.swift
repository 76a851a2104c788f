import FoundationEssentials

/// JSON files of the daemon.
enum Document {
    /// `value` as JSON that people can read, ending in a line feed.
    ///
    /// - Throws: ``DaemonError`` when `value` holds a number that JSON has no form for.
    static func bytes(of value: some Encodable) throws(DaemonError) -> [UInt8] {
        try text(of: value) + [UInt8(ascii: "\n")]
    }

    /// `value` as JSON that people can read.
    ///
    /// - Throws: ``DaemonError`` when `value` holds a number that JSON has no form for.
    static func text(of value: some Encodable) throws(DaemonError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw DaemonError(.damaged("\(error)"), "write", "\(type(of: value))")
        }
    }

    /// The value in `bytes`.
    ///
    /// - Throws: ``DaemonError`` when it is not one.
    static func value<Value: Decodable>(
        _ type: Value.Type, in bytes: [UInt8], of path: SpoolPath
    ) throws(DaemonError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw DaemonError(.damaged("\(error)"), "read", "\(path)")
        }
    }
}

extension FileSystem {
    /// The JSON document at `path`.
    ///
    /// - Throws: ``DaemonError`` when it cannot be read or is not one.
    package func document<Value: Decodable>(
        _ type: Value.Type, at path: SpoolPath
    ) throws(DaemonError) -> Value {
        try Document.value(type, in: read(path, limit: 64 << 20), of: path)
    }
}
