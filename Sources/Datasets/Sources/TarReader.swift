package import Arrays

/// Reads the files of a tar archive one after another: v7, ustar, pax and GNU long names.
///
/// Nothing is ever extracted to the disk, so the names are only names.
package final class TarReader {
    package struct Entry: Equatable, Sendable {
        package let name: String
        package let size: Int
    }

    private let stream: ByteStream
    /// Where the content of the current entry ends, without and with its padding.
    private var contentEnd = 0
    private var paddedEnd = 0
    private var current: Entry?

    /// Content that says something about the next entry is never larger.
    private static let maximumExtension = 1 << 20
    private static let maximumFile = 256 << 20

    package init(_ stream: ByteStream) {
        self.stream = stream
    }

    /// The next file, or nil at the end of the archive; folders, links and devices are passed
    /// over.
    ///
    /// - Throws: `ArrayError` when the archive is damaged or ends early.
    package func next() throws(ArrayError) -> Entry? {
        var longName: String?
        var fields: [String: String] = [:]
        while let header = try nextHeader() {
            let size = fields["size"].flatMap { Int($0) } ?? header.size
            try begin(size)
            switch header.kind {
            case .longName: longName = TarHeader.text(try extensionContent(size))
            case .extended: fields = try paxFields(try extensionContent(size))
            case .remark: break
            case .file where !fields.keys.contains(where: { $0.hasPrefix("GNU.sparse.") }):
                let entry = Entry(name: fields["path"] ?? longName ?? header.name, size: size)
                current = entry
                return entry
            case .file, .sparse:
                throw ArrayError(
                    .unsupported("entry \(header.name) is sparse; archive without --sparse"),
                    in: stream.file.path)
            case .other:
                longName = nil
                fields = [:]
            }
        }
        return nil
    }

    /// The content of the file that `next` returned last; once.
    ///
    /// - Throws: `ArrayError` when it is larger than 256 MiB or the archive ends early.
    package func content() throws(ArrayError) -> [UInt8] {
        guard let entry = current else { return [] }
        current = nil
        guard entry.size <= Self.maximumFile else {
            throw ArrayError(
                .unsupported("is larger than \(Self.maximumFile >> 20) MiB"),
                in: "\(stream.file.path): \(entry.name)")
        }
        return try read(entry.size)
    }

    private func nextHeader() throws(ArrayError) -> TarHeader? {
        try stream.skip(paddedEnd - stream.position)
        // Some programs leave out the padding of the last file.
        guard stream.position >= contentEnd else { throw earlyEnd }
        let block = try stream.bytes(upTo: TarHeader.byteCount)
        if block.isEmpty || block.allSatisfy({ $0 == 0 }) { return nil }
        guard block.count == TarHeader.byteCount else { throw earlyEnd }
        return try TarHeader(block, context: stream.file.path)
    }

    /// Notes that content of `size` bytes follows.
    private func begin(_ size: Int) throws(ArrayError) {
        let unit = TarHeader.byteCount
        let (end, overflow) = stream.position.addingReportingOverflow(size)
        guard size >= 0, !overflow, end < Int.max - unit else {
            throw ArrayError(.malformed("an entry has an impossible size"), in: stream.file.path)
        }
        contentEnd = end
        paddedEnd = (end + unit - 1) / unit * unit
    }

    private func extensionContent(_ size: Int) throws(ArrayError) -> [UInt8] {
        guard size <= Self.maximumExtension else {
            throw ArrayError(.unsupported("an entry's name is too long"), in: stream.file.path)
        }
        return try read(size)
    }

    private func read(_ size: Int) throws(ArrayError) -> [UInt8] {
        let bytes = try stream.bytes(upTo: size)
        guard bytes.count == size else { throw earlyEnd }
        return bytes
    }

    /// The records of a pax header, each `length key=value\n`.
    private func paxFields(_ bytes: [UInt8]) throws(ArrayError) -> [String: String] {
        var fields: [String: String] = [:]
        var rest = bytes[...]
        while let first = rest.first, first != 0 {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard let length = Int(String(decoding: digits, as: UTF8.self)),
                length > digits.count + 1, length <= rest.count
            else {
                throw ArrayError(.malformed("a pax header is damaged"), in: stream.file.path)
            }
            let record = rest.prefix(length).dropFirst(digits.count + 1).dropLast()
            if let equals = record.firstIndex(of: UInt8(ascii: "=")) {
                fields[TarHeader.text(record[..<equals])] =
                    TarHeader.text(record[(equals + 1)...])
            }
            rest = rest.dropFirst(length)
        }
        return fields
    }

    private var earlyEnd: ArrayError {
        ArrayError(.malformed("the archive ends early"), in: stream.file.path)
    }
}
