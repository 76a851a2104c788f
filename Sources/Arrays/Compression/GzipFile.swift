/// Writes a gzip file whose first bytes are only known at the end.
///
/// The head is stored, not deflated, so it can be replaced in place; the rest comes in pieces
/// that were deflated anywhere, in parallel. To readers it is one ordinary gzip member, with no
/// time stamp, so equal contents give equal files.
package final class GzipFile {
    private let output: OutputFile
    private let headOffset: Int
    private let headCount: Int
    private var checksum: UInt32 = 0
    /// The size of what was appended after the head.
    private var count = 0

    /// Begins a file with `headCount` bytes, at most 65,535, that come later.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package init(_ output: OutputFile, headCount: Int) throws(ArrayError) {
        self.output = output
        self.headCount = headCount
        let unknownSystem: UInt8 = 255
        try output.append([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, unknownSystem])
        try output.append([0] + Self.twice(headCount))
        headOffset = output.count
        try output.append([UInt8](repeating: 0, count: headCount))
    }

    /// Appends a piece.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package func append(_ piece: DeflatedPiece) throws(ArrayError) {
        try output.append(piece.bytes)
        checksum = CRC32.combined(checksum, piece.checksum, count: piece.originalCount)
        count += piece.originalCount
    }

    /// Writes the head and the end; publishing is left to the owner of the output.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package func finish(head: [UInt8]) throws(ArrayError) {
        precondition(head.count == headCount, "the head was announced with \(headCount) bytes")
        try output.overwrite(head, at: headOffset)
        let total = CRC32.combined(CRC32.of(head), checksum, count: count)
        let size = UInt32(truncatingIfNeeded: headCount + count)
        try output.append([1] + Self.twice(0) + Self.littleEndian(total) + Self.littleEndian(size))
    }

    /// A 16-bit length and its complement, as a stored block begins.
    private static func twice(_ count: Int) -> [UInt8] {
        let value = UInt16(count)
        return [value, ~value].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
