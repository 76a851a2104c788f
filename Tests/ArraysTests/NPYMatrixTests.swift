import Arrays
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct NPYMatrixTests {
    /// NumPy's codes of the types that a matrix may have.
    static let codes: [(type: ElementType, code: String)] = [
        (.bool, "b1"), (.uint8, "u1"), (.int8, "i1"), (.uint16, "u2"), (.int16, "i2"),
        (.uint32, "u4"), (.int32, "i4"), (.uint64, "u8"), (.int64, "i8"), (.float16, "f2"),
        (.float32, "f4"), (.float64, "f8"),
    ]
    private static let shape = [7, 5]

    private static func header(_ code: String, isFortranOrder: Bool, _ shape: [Int]) -> [UInt8] {
        let order = isFortranOrder ? "True" : "False"
        let text =
            "{'descr': '\(code)', 'fortran_order': \(order), 'shape': (\(shape[0]), \(shape[1])), }\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8)
    }

    /// A file of the elements of `array` in another order of them and of their bytes.
    private func file(
        _ array: HostArray, _ code: String, isFortranOrder: Bool, isBigEndian: Bool
    ) -> [UInt8] {
        let width = array.elementType.byteCount
        let (rows, columns) = (array.shape[0], array.shape[1])
        let indices =
            isFortranOrder
            ? (0..<columns).flatMap { column in (0..<rows).map { $0 * columns + column } }
            : Array(0..<rows * columns)
        let bytes = indices.flatMap { index in
            let element = Array(array.bytes[index * width..<(index + 1) * width])
            return isBigEndian ? element.reversed() : element
        }
        let order = width == 1 ? "|" : isBigEndian ? ">" : "<"
        return Self.header(order + code, isFortranOrder: isFortranOrder, array.shape) + bytes
    }

    /// The values of the parts, put together; every element must be in one part.
    private func values(_ matrix: NPYMatrix) throws -> [Float] {
        var values = [Float?](repeating: nil, count: matrix.rows * matrix.columns)
        for part in matrix.parts {
            let found = try matrix.values(of: part)
            #expect(found.shape == [part.rows.count, part.columns.count])
            var next = try found.values(as: Float.self).makeIterator()
            for row in part.rows {
                for column in part.columns {
                    let index = row * matrix.columns + column
                    #expect(values[index] == nil)
                    values[index] = next.next()
                }
            }
        }
        return try values.map { try #require($0) }
    }

    @Test(arguments: codes)
    func `all orders of elements and bytes give the same values in parts of any size`(
        _ type: ElementType, _ code: String
    ) throws {
        var random = SeededGenerator(seed: 5)
        let count = Self.shape.reduce(1, *) * type.byteCount
        let array = try HostArray(
            shape: Self.shape, elementType: type,
            bytes: (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        // By bits, since random floating-point numbers may be no numbers.
        let expected = try array.converted(to: .float32).values(as: Float.self)
            .map(\.bitPattern)
        for (isFortranOrder, isBigEndian) in [
            (false, false), (true, false), (false, true), (true, true),
        ] {
            try withTemporaryDirectory { folder in
                let path = folder.appending(path: "a.npy").path
                let bytes = file(
                    array, code, isFortranOrder: isFortranOrder, isBigEndian: isBigEndian)
                try OutputFile.write(bytes, to: path)
                for largest in [1, 3, 5, 7, 12, 14, 100] {
                    let matrix = try NPYMatrix(reading: path, largestPart: largest)
                    let found = try values(matrix).map(\.bitPattern)
                    #expect(found == expected, "\(largest), \(isFortranOrder), \(isBigEndian)")
                }
            }
        }
    }

    @Test(arguments: [[7, 5], [1, 40], [40, 1], [1, 1]], [false, true])
    func `no part is larger than was asked for, and there are not many`(
        _ shape: [Int], _ isFortranOrder: Bool
    ) throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a.npy").path
            let count = shape.reduce(1, *)
            let start = Self.header("|u1", isFortranOrder: isFortranOrder, shape)
            try OutputFile.write(start + [UInt8](repeating: 1, count: count), to: path)
            for largest in 1...count {
                let parts = try NPYMatrix(reading: path, largestPart: largest).parts
                #expect(parts.allSatisfy { (1...largest).contains($0.count) })
                #expect(parts.reduce(0) { $0 + $1.count } == count)
                #expect(parts.count <= 2 * (count / largest) + max(shape[0], shape[1]))
            }
            #expect(try NPYMatrix(reading: path).parts.count == 1)
        }
    }

    @Test(arguments: [false, true])
    func `a matrix is read in far less memory than it has`(_ isFortranOrder: Bool) async {
        await #expect(processExitsWith: .success) { [isFortranOrder] in
            try withTemporaryDirectory { folder in
                let path = folder.appending(path: "a.npy").path
                let shape = [4096, 8192]
                let start = NPYMatrixTests.header("<f4", isFortranOrder: isFortranOrder, shape)
                try OutputFile.write(start, to: path)
                // The rest is a hole, and reads as zeros.
                let size = start.count + 4 * shape[0] * shape[1]
                try FileHandle(forWritingTo: URL(filePath: path))
                    .truncate(atOffset: UInt64(size))
                try MemoryLimit.allow(byteCount: 64 << 20)
                let matrix = try NPYMatrix(reading: path)
                #expect(matrix.parts.allSatisfy { $0.count <= NPYMatrix.largestPart })
                for part in matrix.parts {
                    #expect(try matrix.values(of: part).nonFiniteCount == 0)
                }
            }
        }
    }
}
