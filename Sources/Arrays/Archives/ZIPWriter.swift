/// Writes a ZIP archive of stored entries, in the ZIP64 form throughout, without time stamps.
struct ZIPWriter {
    private let output: OutputFile
    private var directory: [UInt8] = []
    private var count = 0

    /// Begins an archive in `output`.
    init(_ output: OutputFile) {
        self.output = output
    }

    /// Appends an entry.
    ///
    /// - Throws: `ArrayError` when the system fails or the name is too long.
    mutating func append(_ bytes: [UInt8], named name: String) throws(ArrayError) {
        let name = Array(name.utf8)
        guard name.count <= UInt16.max else {
            throw ArrayError(.unsupported("an entry's name is too long"), in: output.path)
        }
        let offset = output.count
        let size = Self.integer(bytes.count, size: 8)
        let checksum = Self.integer(Int(CRC32.of(bytes)), size: 4)
        let shared = Self.flagsMethodAndTime + checksum + Self.deferred + Self.deferred
        let nameSize = Self.integer(name.count, size: 2)
        try output.append(
            [0x50, 0x4B, 3, 4, 45, 0] + shared + nameSize + Self.integer(20, size: 2) + name
                + Self.extra(size + size))
        try output.append(bytes)
        // Comment, disk and both kinds of attributes are zero.
        directory += [0x50, 0x4B, 1, 2, 45, 3, 45, 0] + shared + nameSize
        directory += Self.integer(28, size: 2) + [UInt8](repeating: 0, count: 10)
        directory += Self.deferred + name
        directory += Self.extra(size + size + Self.integer(offset, size: 8))
        count += 1
    }

    /// Writes the directory; publishing is left to the owner of the output.
    ///
    /// - Throws: `ArrayError` when the system fails.
    func finish() throws(ArrayError) {
        let offset = output.count
        try output.append(directory)
        let end = output.count
        let counts = Self.integer(count, size: 8) + Self.integer(count, size: 8)
        let place = Self.integer(directory.count, size: 8) + Self.integer(offset, size: 8)
        try output.append(
            [0x50, 0x4B, 6, 6] + Self.integer(44, size: 8) + [45, 3, 45, 0]
                + [UInt8](repeating: 0, count: 8) + counts + place)
        try output.append(
            [0x50, 0x4B, 6, 7] + Self.integer(0, size: 4) + Self.integer(end, size: 8)
                + Self.integer(1, size: 4))
        try output.append(
            [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 12) + [0, 0])
    }

    /// UTF-8 names, stored, 1 January 1980.
    private static let flagsMethodAndTime: [UInt8] = [0, 8, 0, 0, 0, 0, 0x21, 0]
    /// Says that the value is in the ZIP64 extra field.
    private static let deferred: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]

    private static func extra(_ values: [UInt8]) -> [UInt8] {
        [1, 0] + integer(values.count, size: 2) + values
    }

    private static func integer(_ value: Int, size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
