/// An address of the page as browsers want it: any name may be part of it.
package struct RelativeAddress: CustomStringConvertible {
    package let description: String

    package init(_ path: [String]) {
        description = path.map { $0.utf8.map(Self.text).joined() }.joined(separator: "/")
    }

    private static func text(_ byte: UInt8) -> String {
        let isPlain =
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
        if isPlain { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (byte < 16 ? "0" : "") + digits
    }
}
