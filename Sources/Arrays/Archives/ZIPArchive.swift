/// A ZIP archive, read through its central directory; ZIP64 included.
///
/// Nothing is ever extracted to the disk, so the names of the entries are only names.
/// <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>
package struct ZIPArchive: Sendable {
    package struct Entry: Equatable, Sendable {
        package let name: String
        /// The size after inflating.
        package let size: Int
        let method: Int
        let checksum: UInt32
        let storedSize: Int
        let headerOffset: Int
    }

    package let entries: [Entry]
    private let file: InputFile

    /// Opens `file` and reads its directory.
    ///
    /// - Throws: `ArrayError` when it is not a valid archive, has two entries of one name, or
    ///   entries that share their bytes.
    package init(_ file: InputFile) throws(ArrayError) {
        self.file = file
        entries = try ZIPDirectory(of: file).entries
        var names: Set<String> = []
        var total = 0
        for entry in entries {
            guard names.insert(entry.name).inserted else {
                throw ArrayError(
                    .malformed("has two entries called \(entry.name); write it again"),
                    in: file.path)
            }
            // Entries that overlap are how a small archive inflates without bounds.
            let (sum, overflow) = total.addingReportingOverflow(entry.storedSize)
            guard !overflow, sum <= file.size else {
                throw ArrayError(.malformed("its entries overlap; copy it again"), in: file.path)
            }
            total = sum
        }
    }

    /// The content of `entry`, its checksum checked.
    ///
    /// - Throws: `ArrayError` when the entry is encrypted, compressed in another way than by
    ///   deflate, or damaged.
    package func contents(of entry: Entry) throws(ArrayError) -> [UInt8] {
        let context = "\(file.path): \(entry.name)"
        guard entry.headerOffset <= file.size - 30 else {
            throw ArrayError(
                .malformed("lies behind the end of the file; copy the file again"), in: context)
        }
        let local = ZIPFields(try file.bytes(at: entry.headerOffset, count: 30))
        guard local.integer(at: 0, size: 4) == 0x0403_4B50 else {
            throw ArrayError(.malformed("has no local header; copy the file again"), in: context)
        }
        // The sizes there may be missing; the directory has them.
        let start =
            entry.headerOffset + 30 + local.integer(at: 26, size: 2)
            + local.integer(at: 28, size: 2)
        let stored = try file.bytes(at: start, count: entry.storedSize)
        let bytes: [UInt8]
        switch entry.method {
        case 0: bytes = stored
        case 8: bytes = try Inflater.inflate(stored[...], to: entry.size, context: context)
        default:
            throw ArrayError(
                .unsupported("compression method \(entry.method) is not read"), in: context)
        }
        guard bytes.count == entry.size, CRC32.of(bytes) == entry.checksum else {
            throw ArrayError(
                .malformed("is damaged: its checksum does not match; copy the file again"),
                in: context)
        }
        return bytes
    }
}
