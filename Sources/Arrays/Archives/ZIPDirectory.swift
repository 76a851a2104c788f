/// The central directory of a ZIP archive.
struct ZIPDirectory {
    let entries: [ZIPArchive.Entry]

    /// More entries than any archive of arrays has.
    private static let maximumCount = 1_000_000
    private static let maximumSize = 256 << 20

    /// Finds and reads the directory of `file`.
    ///
    /// - Throws: `ArrayError` when there is none or it is not valid.
    init(of file: InputFile) throws(ArrayError) {
        let place = try Place(in: file)
        guard place.count <= Self.maximumCount, place.size <= Self.maximumSize else {
            throw ArrayError(.unsupported("has too many entries"), in: file.path)
        }
        var reader = Reader(
            fields: ZIPFields(try file.bytes(at: place.offset, count: place.size)),
            context: file.path)
        var entries: [ZIPArchive.Entry] = []
        for _ in 0..<place.count { entries.append(try reader.next()) }
        self.entries = entries
    }
}

/// Where the directory is, as the last bytes of the archive say.
private struct Place {
    let count: Int
    let size: Int
    let offset: Int

    init(in file: InputFile) throws(ArrayError) {
        // The end record has 22 bytes and a comment of up to 65,535.
        let tailSize = min(file.size, 22 + 0xFFFF)
        let tailOffset = file.size - tailSize
        let tail = try file.bytes(at: tailOffset, count: tailSize)
        let signature: [UInt8] = [0x50, 0x4B, 5, 6]
        let starts = stride(from: tail.count - 22, through: 0, by: -1)
        guard let start = starts.first(where: { tail[$0..<$0 + 4].elementsEqual(signature) })
        else {
            throw ArrayError(
                .malformed("has no directory, so it is no ZIP archive or was cut; copy it again"),
                in: file.path)
        }
        let end = ZIPFields(Array(tail[start...]))
        let narrow = (
            end.integer(at: 10, size: 2), end.integer(at: 12, size: 4), end.integer(at: 16, size: 4)
        )
        if narrow.0 == 0xFFFF || narrow.1 == 0xFFFF_FFFF || narrow.2 == 0xFFFF_FFFF {
            (count, size, offset) = try Self.wide(in: file, before: tailOffset + start)
        } else {
            (count, size, offset) = narrow
        }
    }

    /// The place according to the ZIP64 records before `end`.
    private static func wide(
        in file: InputFile, before end: Int
    ) throws(ArrayError) -> (Int, Int, Int) {
        let failure = ArrayError(
            .malformed("its ZIP64 end record is not valid; copy it again"), in: file.path)
        guard end >= 20 else { throw failure }
        let locator = ZIPFields(try file.bytes(at: end - 20, count: 20))
        guard locator.integer(at: 0, size: 4) == 0x0706_4B50,
            let offset = locator.wideInteger(at: 8)
        else { throw failure }
        let record = ZIPFields(try file.bytes(at: offset, count: 56))
        guard record.integer(at: 0, size: 4) == 0x0606_4B50,
            let count = record.wideInteger(at: 32), let size = record.wideInteger(at: 40),
            let place = record.wideInteger(at: 48)
        else { throw failure }
        return (count, size, place)
    }
}

/// Reads the entries of a directory one after another.
private struct Reader {
    let fields: ZIPFields
    let context: String
    var position = 0

    mutating func next() throws(ArrayError) -> ZIPArchive.Entry {
        guard position + 46 <= fields.bytes.count,
            fields.integer(at: position, size: 4) == 0x0201_4B50
        else { throw failure }
        let nameSize = fields.integer(at: position + 28, size: 2)
        let extraSize = fields.integer(at: position + 30, size: 2)
        let nameStart = position + 46
        let end = nameStart + nameSize + extraSize + fields.integer(at: position + 32, size: 2)
        guard end <= fields.bytes.count else { throw failure }
        let nameBytes = fields.bytes[nameStart..<nameStart + nameSize]
        // Without the flag for UTF-8 the code page is not known; the bytes stay distinct.
        let name =
            String(validating: nameBytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(nameBytes.map { Unicode.Scalar($0) }))
        guard fields.integer(at: position + 8, size: 2) & 1 == 0 else {
            throw ArrayError(
                .unsupported("entry \(name) is encrypted; save it without a password"), in: context)
        }
        let extraStart = nameStart + nameSize
        let wide = try wideValues(
            ZIPFields(Array(fields.bytes[extraStart..<extraStart + extraSize])),
            for: [24, 20, 42].map { fields.integer(at: position + $0, size: 4) })
        defer { position = end }
        return ZIPArchive.Entry(
            name: name, size: wide[0], method: fields.integer(at: position + 10, size: 2),
            checksum: UInt32(fields.integer(at: position + 16, size: 4)),
            storedSize: wide[1], headerOffset: wide[2])
    }

    /// Replaces those of `values` that did not fit by what the ZIP64 extra field says.
    private func wideValues(_ extra: ZIPFields, for values: [Int]) throws(ArrayError) -> [Int] {
        guard values.contains(0xFFFF_FFFF) else { return values }
        var start = 0
        while start + 4 <= extra.bytes.count, extra.integer(at: start, size: 2) != 1 {
            start += 4 + extra.integer(at: start + 2, size: 2)
        }
        start += 4
        var result: [Int] = []
        for value in values {
            guard value == 0xFFFF_FFFF else {
                result.append(value)
                continue
            }
            guard let wide = extra.wideInteger(at: start) else { throw failure }
            result.append(wide)
            start += 8
        }
        return result
    }

    private var failure: ArrayError {
        ArrayError(.malformed("its directory is not valid; copy it again"), in: context)
    }
}
