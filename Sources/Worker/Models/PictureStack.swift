import Arrays
import Images
import Tensors

/// Pictures that a user gives to a model: PNG and JPEG files, and NPY files of many.
struct PictureStack {
    /// The file of every picture, with its number in an NPY file.
    private(set) var names: [String] = []
    /// `[batch, channel, height, width]`, float32.
    let pictures: Tensor

    /// Reads the files at `paths`, whose pictures must have the shape `imageShape`.
    ///
    /// - Throws: `ModelCommandError`, `ArrayError` or `ImageError`, which name the file.
    init(_ paths: [String], imageShape: [Int], scale: PixelScale) throws {
        var parts: [Tensor] = []
        for path in paths {
            let isArray = path.lowercased().hasSuffix(".npy")
            let array = try isArray ? Self.array(path) : Self.picture(path, scale)
            guard Array(array.shape.dropFirst()) == imageShape else {
                throw ModelCommandError(
                    .otherShape(Array(array.shape.dropFirst()), expected: imageShape), in: path)
            }
            let bad = array.nonFiniteCount
            guard bad == 0 else { throw ModelCommandError(.notFinite(bad), in: path) }
            names += isArray ? (0..<array.shape[0]).map { "\(path)[\($0)]" } : [path]
            parts.append(try Tensor(array))
        }
        pictures = try .concatenated(parts, along: 0)
    }

    private static func picture(_ path: String, _ scale: PixelScale) throws -> HostArray {
        guard scale == .unit else {
            throw ModelCommandError(
                .noPictures("a picture file is not in the model's own scale; leave out --raw"),
                in: path)
        }
        let bytes = try InputFile(path).contents()
        let values = try Picture(decoding: bytes, name: path).floats()
        return try values.reshaped(to: [1] + values.shape)
    }

    private static func array(_ path: String) throws -> HostArray {
        let stored = try NPYFile(reading: path).array
        guard stored.shape.count == 4, stored.shape.allSatisfy({ $0 > 0 }) else {
            throw ModelCommandError(
                .noPictures(
                    "the shape is \(stored.shape), not [batch, channel, height, width]; reshape it"
                ), in: path)
        }
        switch stored.elementType {
        case .float16, .bfloat16, .float32, .float64: return try stored.converted(to: .float32)
        case .bool, .uint8, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64, .complex64:
            throw ModelCommandError(
                .noPictures(
                    "it holds \(stored.elementType.rawValue), not numbers from 0 to 1; convert it "
                        + "to float32 and divide by the largest value"), in: path)
        }
    }
}
