import Arrays
import Tensors

/// A NumPy archive with the latents of pictures: `z0`, `z1`, …, the coarsest last.
struct LatentFile {
    static let logDeterminant = "log_det"
    static let logLikelihood = "log_likelihood"

    /// `[batch, number of latents]`, float32.
    let latents: Tensor

    static func name(ofLevel level: Int) -> String { "z\(level)" }

    /// Reads the archive at `path`, with latents of `shapes`, level by level.
    ///
    /// - Throws: `ModelCommandError` with everything that is wrong, `ArrayError`, `TorchError`.
    init(reading path: String, shapes: [[Int]]) throws {
        let arrays = try NPZFile(reading: path).arrays
        let problems = Self.problems(with: arrays, shapes: shapes)
        guard problems.isEmpty else { throw ModelCommandError(.noLatents(problems), in: path) }
        var parts: [Tensor] = []
        for level in shapes.indices {
            guard let array = arrays[Self.name(ofLevel: level)] else { continue }
            let rows = try array.converted(to: .float32).reshaped(
                to: [array.shape[0], shapes[level].reduce(1, *)])
            parts.append(try Tensor(rows))
        }
        latents = try .concatenated(parts, along: 1)
    }

    /// Everything that is wrong with `arrays`.
    private static func problems(
        with arrays: [String: HostArray], shapes: [[Int]]
    ) -> [String] {
        let names = shapes.indices.map(name(ofLevel:))
        let others = Set(arrays.keys).subtracting(names + [logDeterminant, logLikelihood])
        let batch = names.lazy.compactMap { arrays[$0]?.shape.first }.first { $0 > 0 } ?? 0
        let found = zip(names, shapes).compactMap { name, shape in
            problem(with: arrays[name], name, shape, batch: batch)
        }
        return found + others.sorted().map { "\($0) is no member that decode knows; remove it" }
    }

    private static func problem(
        with array: HostArray?, _ name: String, _ shape: [Int], batch: Int
    ) -> String? {
        let expected = "[batch, " + shape.map(String.init).joined(separator: ", ") + "]"
        guard let array else { return "\(name) is missing, of shape \(expected)" }
        guard array.shape.first.map({ $0 > 0 }) == true, Array(array.shape.dropFirst()) == shape
        else { return "\(name) has the shape \(array.shape), not \(expected)" }
        guard array.shape[0] == batch else {
            return "\(name) has a batch of \(array.shape[0]), the first level one of \(batch)"
        }
        switch array.elementType {
        case .float16, .bfloat16, .float32, .float64: break
        case .bool, .uint8, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64, .complex64:
            return "\(name) holds \(array.elementType.rawValue), not floating-point numbers"
        }
        let bad = array.nonFiniteCount
        return bad == 0 ? nil : "\(name) has \(bad) values that are infinite or NaN"
    }
}
