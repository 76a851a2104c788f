import Arrays
import Foundation
import Images
import Jobs
import Testing

/// A job that is valid by itself, and wrong with the files that it names.
struct FaultyJob: Sendable, CustomTestStringConvertible {
    var images = "a.png"
    var given = "truth"
    var prepare = "{bits: 8}"
    var forward = "identity"
    var noise = "none"
    var prior = "prior: tiny"
    var solver = "{map: {steps: 2}}"
    /// The part that is to be named.
    let key: String
    /// The text that begins where the part stands.
    let mark: String
    /// What is to be said of it, with the numbers that matter.
    let words: String

    var testDescription: String { "\(key): \(words)" }

    var text: String {
        """
        version: 1
        images: \(images)
        given: \(given)
        prepare: \(prepare)
        forward: \(forward)
        noise: \(noise)
        \(prior)
        solver: \(solver)

        """
    }

    /// Line and column of the mark.
    var place: (line: Int, column: Int) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            guard let range = line.range(of: mark) else { continue }
            return (number + 1, line.distance(from: line.startIndex, to: range.lowerBound) + 1)
        }
        return (0, 0)
    }

    /// Each kind of mistake that only the files show.
    static let all: [FaultyJob] = operators + measurements + noises

    private static let operators: [FaultyJob] = [
        .init(
            forward: "[{scale: 1}, {matrix: {file: narrow.npy}}]", key: "forward[1].matrix.file",
            mark: "narrow.npy", words: "63 columns"),
        .init(
            forward: "{matrix: {file: line.npy}}", key: "forward[0].matrix.file",
            mark: "line.npy", words: "[64]"),
        .init(
            forward: "{matrix: {file: complex.npy}}", key: "forward[0].matrix.file",
            mark: "complex.npy", words: "complex"),
        .init(
            forward: "{mask: {image: tall.png}}", key: "forward[0].mask.image", mark: "tall.png",
            words: "16 × 4 pixels"),
        .init(
            forward: "{blur: {kernel: zero.npy}}", key: "forward[0].blur.kernel", mark: "zero.npy",
            words: "the sum is 0.0"),
        .init(
            forward: "{blur: {kernel: negative.npy}}", key: "forward[0].blur.kernel",
            mark: "negative.npy", words: "the sum is -1.0"),
        .init(
            forward: "{blur: {kernel: even.npy}}", key: "forward[0].blur.kernel", mark: "even.npy",
            words: "odd"),
        .init(
            forward: "{downsample: {factor: 3}}", key: "forward[0].downsample.factor", mark: "3}",
            words: "8 × 8 pixels"),
        .init(
            forward: "{mask: {box: {x: 5, y: 0, width: 4, height: 2}}}", key: "forward[0].mask.box",
            mark: "{x:", words: "leaves the picture"),
    ]

    private static let measurements: [FaultyJob] = [
        .init(
            images: "short.npy", given: "measurement", prepare: "{}",
            forward: "{matrix: {file: A.npy}}", key: "images", mark: "short.npy", words: "[9]"),
        .init(
            images: "half.npy", given: "measurement", prepare: "{}",
            forward: "[{matrix: {file: A.npy}}, sign]", key: "forward[1].sign", mark: "sign]",
            words: "such as 0.5"),
        .init(
            images: "double.npy", given: "measurement", prepare: "{}",
            forward: "{fourier: {mask: {keep: 1}}}", key: "images", mark: "double.npy",
            words: "<c16"),
        .init(
            images: "[a.png, tall.png]", key: "images[1]", mark: "tall.png", words: "[1, 16, 4]"),
        .init(
            prepare: "{crop: {x: 4, y: 0, width: 8, height: 8}}", key: "prepare.crop",
            mark: "{x:", words: "8 × 8 pixels"),
        .init(
            images: "c.png", given: "measurement", prepare: "{color: gray}", prior: "",
            solver: "bm3d", key: "prepare.color", mark: "gray", words: "bm3d"),
    ]

    private static let noises: [FaultyJob] = [
        .init(
            images: "large.png", noise: "{flow: {model: tiny}}", prior: "", solver: "lasso",
            key: "noise.flow.placement", mark: "{model:", words: "[1, 16, 16]"),
        .init(
            noise:
                "[{gaussian: {std: 0.1}}, {flow: {model: tiny, placement: {row: 1, column: 0}}}]",
            key: "noise[1].flow.placement", mark: "{row:", words: "a row of 0 to 0"),
        .init(
            given: "measurement",
            noise: "{digits: {model: tiny, placement: [{row: 0, column: 0}, {row: 3, column: 0}]}}",
            key: "noise.digits.placement[1]", mark: "{row: 3", words: "8 × 8 pixels at row 3"),
        .init(
            noise: "{digits: {model: tiny}}", key: "noise.digits.placement", mark: "{model:",
            words: "the measurement has 8 × 8"),
    ]
}

extension SmallWorld {
    /// Adds the files that faulty jobs name.
    func writeFaultyFiles() throws {
        func write(_ values: [Float], _ shape: [Int], _ name: String) throws {
            try self.write(
                NPYFile(HostArray(values, shape: shape)).serialized(), "job/\(name).npy")
        }
        try write((0..<640).map { Float($0 % 7) / 7 }, [10, 64], "A")
        try write([Float](repeating: 1, count: 630), [10, 63], "narrow")
        try write([Float](repeating: 1, count: 64), [64], "line")
        try write([1, -1, 0], [1, 3], "zero")
        try write([1, -2, 0], [1, 3], "negative")
        try write([1, 1], [1, 2], "even")
        try write([Float](repeating: 1, count: 9), [9], "short")
        try write([Float](repeating: 0.5, count: 10), [10], "half")
        let complex = try HostArray(
            shape: [10, 64], elementType: .complex64, bytes: .init(repeating: 0, count: 5120))
        try self.write(NPYFile(complex).serialized(), "job/complex.npy")
        try self.write(Self.doubles, "job/double.npy")
        try writePicture(height: 16, width: 4, "job/tall.png")
        try writePicture(height: 16, width: 16, "job/large.png")
        try writeColour("job/c.png", side: 12)
    }

    private func writePicture(height: Int, width: Int, _ name: String) throws {
        let levels = [UInt8](repeating: 200, count: height * width)
        try write(Picture(pixels: HostArray(levels, shape: [height, width, 1])).png(), name)
    }

    /// Complex numbers as NumPy makes them when nobody asks for less.
    private static var doubles: [UInt8] {
        let head = "{'descr': '<c16', 'fortran_order': False, 'shape': (1, 8, 8), }\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(head.utf8.count), 0] + Array(head.utf8)
            + [UInt8](repeating: 0, count: 16 * 64)
    }
}
