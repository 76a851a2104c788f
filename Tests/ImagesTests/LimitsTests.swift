import Images
import Testing

/// Files that claim to be larger than they are, or than anybody wants.
@Suite struct LimitsTests {
    private let small = try? Fixture.pngSuite()["basn2c08.png"]

    private func png(width: UInt32, height: UInt32) throws -> [UInt8] {
        PNGBytes.resized(try #require(small), width: width, height: height)
    }

    /// A JPEG file whose frame header claims another size.
    private func jpeg(width: UInt16, height: UInt16) throws -> [UInt8] {
        var bytes = try Fixture.bytes("gray.jpg")
        let frame = try #require(bytes.firstRange(of: [0xFF, 0xC0]))
        for (offset, value) in [(5, height), (7, width)] {
            bytes[frame.lowerBound + offset] = UInt8(value >> 8)
            bytes[frame.lowerBound + offset + 1] = UInt8(value & 0xFF)
        }
        return bytes
    }

    private func reason(_ bytes: [UInt8]) -> ImageError.Reason? {
        #expect(throws: ImageError.self) { try Picture(decoding: bytes, name: "lying") }?.reason
    }

    @Test func `more than 64 megapixels are refused before anything is allocated`() throws {
        let limit = 64_000_000
        #expect(
            reason(try png(width: 8001, height: 8000))
                == .tooLarge(width: 8001, height: 8000, maximumPixels: limit))
        let most = Int(Int32.max)
        #expect(
            reason(try png(width: .init(most), height: .init(most)))
                == .tooLarge(width: most, height: most, maximumPixels: limit))
        #expect(
            reason(try jpeg(width: 65_000, height: 65_000))
                == .tooLarge(width: 65_000, height: 65_000, maximumPixels: limit))
    }

    @Test func `a PNG too short for its size is refused before anything is allocated`() throws {
        guard case .truncated(let what) = reason(try png(width: 8000, height: 8000)) else {
            Issue.record("the lie was not noticed")
            return
        }
        #expect(what.contains("too short"))
    }

    @Test(arguments: [(0, 0), (0, 5), (5, 0)])
    func `a picture without pixels is refused`(_ width: Int, _ height: Int) throws {
        for bytes in [
            try png(width: UInt32(width), height: UInt32(height)),
            try jpeg(width: UInt16(width), height: UInt16(height)),
        ] {
            guard case .malformed = reason(bytes) else {
                Issue.record("\(width)x\(height) pixels were accepted")
                return
            }
        }
    }

    @Test(arguments: [(33, 32), (32, 33), (4000, 4000)])
    func `a header that contradicts the pixels is refused`(_ width: Int, _ height: Int) throws {
        for bytes in [
            try png(width: UInt32(width), height: UInt32(height)),
            try jpeg(width: UInt16(width), height: UInt16(height)),
        ] {
            #expect(throws: ImageError.self) { try Picture(decoding: bytes, name: "lying") }
        }
    }

    @Test func `the limit can be set`() throws {
        let bytes = try #require(small)
        let exact = DecodingOptions(maximumPixels: 1024)
        #expect(try Picture(decoding: bytes, options: exact, name: "small").width == 32)
        #expect(throws: ImageError.self) {
            try Picture(
                decoding: bytes, options: DecodingOptions(maximumPixels: 1023), name: "small")
        }
    }

    @Test(arguments: [[0x42, 0x4D, 0, 0], Array("GIF89a".utf8)] as [[UInt8]])
    func `other formats are refused by name`(_ bytes: [UInt8]) {
        #expect(reason(bytes) == .unrecognized)
    }
}
