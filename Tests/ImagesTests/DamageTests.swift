import Images
import TestSupport
import Testing

/// Damaged files: a typed error or a picture, in bounded memory, never a crash.
@Suite struct DamageTests {
    static let files = ["testorig.jpg", "progressive.jpg", "cmyk-adobe.jpg", "turned.png"]

    @Test(arguments: files)
    func `a file that ends early is an error`(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        let lengths = Array(stride(from: 0, to: bytes.count, by: 64)) + [1, 2, 3, 8, 20]
        for length in lengths + [bytes.count - 1] {
            #expect(throws: ImageError.self, "\(length) bytes") {
                try Picture(decoding: Array(bytes.prefix(length)), name: name)
            }
        }
    }

    @Test func `every PngSuite file that ends early is an error`() throws {
        for (name, bytes) in try Fixture.pngSuite() {
            for length in stride(from: 0, to: bytes.count, by: 64) {
                #expect(throws: ImageError.self, "\(name), \(length) bytes") {
                    try Picture(decoding: Array(bytes.prefix(length)), name: name)
                }
            }
        }
    }

    @Test func `a thousand flipped bytes in JPEG files never crash`() async {
        await #expect(processExitsWith: .success) {
            let names = DamageTests.files.filter { $0.hasSuffix("jpg") }
            try DamageTests.decodeFlipped(names.map(Fixture.bytes)) { $0 }
        }
    }

    @Test func `a thousand flipped bytes in PNG files never crash`() async {
        await #expect(processExitsWith: .success) {
            let suite = try Fixture.pngSuite()
            let names = suite.keys.sorted().filter { $0 != "PngSuite.png" }
            try DamageTests.decodeFlipped(names.compactMap { suite[$0] }, PNGBytes.mended)
        }
    }

    /// Decodes `files` with one byte changed each time; anything but an `ImageError` is thrown on.
    private static func decodeFlipped(
        _ files: [[UInt8]], _ mended: ([UInt8]) -> [UInt8]
    ) throws {
        var generator = SeededGenerator(seed: 2)
        for round in 0..<1000 {
            var bytes = files[round % files.count]
            let position = Int.random(in: 8..<bytes.count, using: &generator)
            bytes[position] ^= UInt8.random(in: 1...255, using: &generator)
            let result = Result { try Picture(decoding: mended(bytes), name: "flipped") }
            if case .failure(let error) = result, !(error is ImageError) { throw error }
        }
    }
}
