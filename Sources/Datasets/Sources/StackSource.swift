import Arrays
import Images

/// The pictures in an IDX or NPY file, called by their numbers from 0.
///
/// Their shape is [count, rows, columns] or [count, rows, columns, channels]. The elements of an
/// NPY file are unsigned bytes, or floating-point numbers on the [0, 1] scale.
package struct StackSource: PictureSource {
    package let path: String
    package let kind: SourceKind
    private let pictures: @Sendable (Int) throws(DatasetError) -> Picture
    private let count: Int

    /// The IDX file at `path`.
    ///
    /// - Throws: `DatasetError` when it cannot be read or does not hold pictures.
    package init(idx path: String) throws(DatasetError) {
        let file = try wrappingArrayError { () throws(ArrayError) in try IDXFile(reading: path) }
        let shape = try Self.pictureShape(of: file.shape, in: path)
        self.path = path
        kind = .idx
        count = file.count
        pictures = { index throws(DatasetError) in
            try Self.picture(file.withItem(index) { Array($0) }, shape, "\(path): \(index)")
        }
    }

    /// The NPY file at `path`.
    ///
    /// - Throws: `DatasetError` when it cannot be read or does not hold pictures.
    package init(npy path: String) throws(DatasetError) {
        let array = try wrappingArrayError { () throws(ArrayError) in
            try NPYFile(reading: path).array
        }
        let shape = try Self.pictureShape(of: array.shape, in: path)
        let bytes = try Self.eightBits(array, in: path)
        let size = shape.reduce(1, *)
        self.path = path
        kind = .npy
        count = array.shape[0]
        pictures = { index throws(DatasetError) in
            let item = Array(bytes[index * size..<(index + 1) * size])
            return try Self.picture(item, shape, "\(path): \(index)")
        }
    }

    package func names() -> [String] { (0..<count).map(String.init) }

    package func reader() -> any PictureReader { StackReader(count: count, pictures: pictures) }

    package func digest() throws(DatasetError) -> String {
        try wrappingArrayError { () throws(ArrayError) in
            try SHA256.hexadecimal(of: InputFile(path))
        }
    }

    private static func pictureShape(
        of shape: [Int], in path: String
    ) throws(DatasetError) -> [Int] {
        let isStack = shape.count == 3 || shape.count == 4 && (shape[3] == 1 || shape[3] == 3)
        // Lengths that multiply to more than a file can hold are lies, of which an empty file is full.
        guard shape.first != 0 else {
            throw DatasetError(.pictures("there are no pictures in it"), in: path)
        }
        guard isStack, shape.dropFirst().allSatisfy({ $0 > 0 }) else {
            throw DatasetError(
                .pictures(
                    "its shape is \(shape), not [count, rows, columns] or "
                        + "[count, rows, columns, 1 or 3]"), in: path)
        }
        return [shape[1], shape[2], shape.count == 4 ? shape[3] : 1]
    }

    private static func picture(
        _ bytes: [UInt8], _ shape: [Int], _ name: String
    ) throws(DatasetError) -> Picture {
        do throws(ImageError) {
            return try Picture(pixels: HostArray(bytes, shape: shape), name: name)
        } catch {
            throw DatasetError(.picture(error), in: name)
        }
    }

    private static func eightBits(
        _ array: HostArray, in path: String
    ) throws(DatasetError) -> [UInt8] {
        switch array.elementType {
        case .uint8: return array.bytes
        case .float16, .float32, .float64: break
        case .bool, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64, .bfloat16,
            .complex64:
            throw DatasetError(
                .pictures(
                    "holds \(array.elementType.rawValue); uint8, or floating-point numbers "
                        + "from 0 to 1, are read"), in: path)
        }
        let numbers = try wrappingArrayError { () throws(ArrayError) in
            try array.numbers(as: Double.self)
        }
        guard numbers.allSatisfy({ (0...1).contains($0) }) else {
            throw DatasetError(
                .pictures("holds values outside 0 to 1; divide by the largest first"), in: path)
        }
        return numbers.map { UInt8(($0 * 255).rounded()) }
    }
}

private final class StackReader: PictureReader {
    private let count: Int
    private let pictures: @Sendable (Int) throws(DatasetError) -> Picture
    private var index = -1

    init(count: Int, pictures: @escaping @Sendable (Int) throws(DatasetError) -> Picture) {
        self.count = count
        self.pictures = pictures
    }

    func next() -> String? {
        index += 1
        return index < count ? String(index) : nil
    }

    func content() throws(DatasetError) -> PictureContent { .decoded(try pictures(index)) }
}
