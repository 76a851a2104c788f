internal import YAML

/// A number of bytes, written with a unit such as `500 MB` or `1 GiB`.
package struct ByteCount: Equatable, Comparable, Sendable {
    package let bytes: Int

    package init(bytes: Int) {
        self.bytes = bytes
    }

    /// So many times 2³⁰ bytes.
    package static func gibibytes(_ count: Int) -> ByteCount {
        ByteCount(bytes: count << 30)
    }

    package static func < (a: ByteCount, b: ByteCount) -> Bool { a.bytes < b.bytes }

    private static let units: [(name: String, bytes: Int)] = [
        ("TiB", 1 << 40), ("TB", 1_000_000_000_000), ("GiB", 1 << 30), ("GB", 1_000_000_000),
        ("MiB", 1 << 20), ("MB", 1_000_000), ("KiB", 1 << 10), ("kB", 1000), ("B", 1),
    ]

    init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let count = Int(digits), let factor = Self.units.first(where: { $0.name == unit })
        else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: factor.bytes)
        guard !overflow else { return nil }
        self.bytes = bytes
    }

    /// In the largest unit that gives a whole number.
    package var text: String {
        guard bytes != 0 else { return "0 B" }
        for unit in Self.units where bytes.isMultiple(of: unit.bytes) {
            return "\(bytes / unit.bytes) \(unit.name)"
        }
        return "\(bytes) B"
    }

    /// Any size with its unit.
    static var rule: Rule<ByteCount> {
        .scalar(
            expected: "a size such as 500 MB or 1 GiB",
            schema: [
                "type": "string", "pattern": "^[0-9]+ ?(B|kB|KiB|MB|MiB|GB|GiB|TB|TiB)$",
            ],
            placeholder: ByteCount(bytes: 0),
            parse: { ByteCount($0.text) },
            write: { .text($0.text) })
    }
}
