import Arrays

/// The first bytes of an IDX file: two zeros, the element type, the rank, and every dimension as
/// a big-endian 32-bit number.
///
/// <https://yann.lecun.org/exdb/mnist/>
package struct IDXHeader: Equatable, Sendable {
    /// The number of items first, then the shape of one.
    package let shape: [Int]

    private static let unsignedByte: UInt8 = 0x08

    package init(shape: [Int]) {
        self.shape = shape
    }

    /// The size of the header itself.
    package var byteCount: Int { 4 + 4 * shape.count }

    /// The header's bytes.
    package var bytes: [UInt8] {
        let numbers = shape.flatMap { dimension in
            (0..<4).map { UInt8(truncatingIfNeeded: dimension >> (24 - 8 * $0)) }
        }
        return [0, 0, Self.unsignedByte, UInt8(shape.count)] + numbers
    }

    /// The size of all items, of which every dimension is known to be positive.
    ///
    /// - Throws: `ArrayError` when it does not fit into an integer.
    func dataCount(in context: String) throws(ArrayError) -> Int {
        try HostArray.byteCount(of: shape, .uint8, in: context)
    }

    /// Reads the header through `bytes`, which hands out the next bytes, fewer at the end.
    ///
    /// - Throws: `ArrayError` when it is not the header of an IDX file of unsigned bytes.
    init(
        in context: String, bytes: (_ count: Int) throws(ArrayError) -> [UInt8]
    ) throws(ArrayError) {
        let magic = try bytes(4)
        guard magic.count == 4, magic[0] == 0, magic[1] == 0 else {
            throw ArrayError(.malformed("is not an IDX file"), in: context)
        }
        guard magic[2] == Self.unsignedByte else {
            throw ArrayError(
                .unsupported("holds elements of type \(magic[2]); only unsigned bytes are read"),
                in: context)
        }
        let rank = Int(magic[3])
        guard (1...8).contains(rank) else {
            throw ArrayError(.malformed("has rank \(rank)"), in: context)
        }
        let numbers = try bytes(4 * rank)
        guard numbers.count == 4 * rank else {
            throw ArrayError(.malformed("ends within its header"), in: context)
        }
        shape = (0..<rank).map { axis in
            numbers[4 * axis..<4 * axis + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        guard shape.dropFirst().allSatisfy({ $0 > 0 }) else {
            throw ArrayError(.impossibleShape(shape), in: context)
        }
    }
}
