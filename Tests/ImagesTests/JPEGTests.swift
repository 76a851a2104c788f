import Arrays
import Images
import Testing

@Suite struct JPEGTests {
    /// Baseline, progressive, arithmetic-coded, gray, CMYK, YCCK, restarts, eight orientations.
    @Test func `every valid file decodes to the reference pixels`() throws {
        let goldens = try Fixture.golden("jpeg")
        #expect(goldens.count == 19)
        for (name, pixels) in goldens {
            let picture = try Picture(decoding: Fixture.bytes(name), name: name)
            let difference = try #require(largestDifference(picture.pixels, pixels), "\(name)")
            #expect(difference <= 1, "\(name)")
        }
    }

    /// Halves, quarters and eighths, with sides that do not divide.
    @Test func `a reduced file decodes to the reference pixels`() throws {
        let goldens = try Fixture.golden("jpeg-reduced")
        #expect(goldens.count == 15)
        for (name, pixels) in goldens {
            let parts = name.split(separator: "/")
            let (file, reduction) = (String(parts[0]), try #require(Int(parts[1])))
            let whole = try Picture(decoding: Fixture.bytes(file), name: file)
            let shortest = min(whole.width, whole.height) / reduction
            let options = DecodingOptions(shortestJPEGSide: shortest)
            let picture = try Picture(decoding: Fixture.bytes(file), options: options, name: file)
            let difference = try #require(largestDifference(picture.pixels, pixels), "\(name)")
            #expect(difference <= 1, "\(name)")
        }
    }

    @Test func `a reduced file is turned upright, and no side is shorter than asked for`() throws {
        let bytes = try Fixture.bytes("orientation-6.jpg")
        for (side, width, height) in [(9, 10, 15), (10, 19, 29), (4, 5, 8), (2, 3, 4), (0, 3, 4)] {
            let options = DecodingOptions(shortestJPEGSide: side)
            let picture = try Picture(decoding: bytes, options: options, name: "turned")
            #expect(picture.width == width, "\(side)")
            #expect(picture.height == height, "\(side)")
        }
    }

    @Test func `samples of 12 bits are refused in words`() throws {
        let error = #expect(throws: ImageError.self) {
            try Picture(decoding: Fixture.bytes("monkey12.jpg"), name: "monkey12.jpg")
        }
        #expect(error?.reason == .unsupported("Unsupported JPEG data precision 12"))
    }

    @Test func `a file with too many scans is refused`() throws {
        let bytes = try Fixture.bytes("progressive.jpg")
        let error = #expect(throws: ImageError.self) {
            let options = DecodingOptions(maximumJPEGScans: 3)
            return try Picture(decoding: bytes, options: options, name: "progressive.jpg")
        }
        #expect(error?.description.contains("scans") == true)
    }

    @Test(arguments: 1...8)
    func `an orientation turns the stored picture`(_ orientation: Int) throws {
        let name = "orientation-\(orientation).jpg"
        let picture = try Picture(decoding: Fixture.bytes(name), name: name)
        let isTurned = orientation >= 5
        #expect(picture.width == (isTurned ? 19 : 29))
        #expect(picture.height == (isTurned ? 29 : 19))
    }

    @Test func `damaged Exif data leaves the picture as it is stored`() throws {
        let name = "orientation-6.jpg"
        let bytes = try Fixture.bytes(name)
        let exif = try #require(bytes.firstRange(of: Array("Exif".utf8)))
        let upright = try Picture(decoding: Fixture.bytes("orientation-1.jpg"), name: name)
        // The byte order, the directory's offset, and the entry's tag, type, count and value.
        for offset in [6, 10, 16, 19, 23, 25] {
            var damaged = bytes
            damaged[exif.lowerBound + offset] = 0xFF
            let isUpright = try Picture(decoding: damaged, name: name) == upright
            #expect(isUpright, "byte \(offset)")
        }
    }

    @Test(arguments: ColorModel.allCases)
    func `a smooth picture survives writing`(_ color: ColorModel) throws {
        let samples = (0..<32 * 24).flatMap { (pixel: Int) -> [UInt8] in
            let level = 3 * (pixel % 32) + 4 * (pixel / 32)
            return (0..<color.channels).map { UInt8(level + 10 * $0) }
        }
        let smooth = try picture(samples, width: 32, height: 24, channels: color.channels)
        let again = try Picture(decoding: smooth.jpeg(quality: 95), name: "again")
        let difference = try #require(largestDifference(again.pixels, smooth.pixels))
        #expect(difference <= 6)
    }

    @Test func `16 bits are rounded to 8 when a JPEG is written`() throws {
        let fine = try randomPicture(width: 9, height: 7, color: .rgb, depth: .sixteen)
        #expect(try fine.jpeg(quality: 80) == fine.converted(to: .eight).jpeg(quality: 80))
    }

    @Test(arguments: [0, 101, -5])
    func `a quality out of range is refused`(_ quality: Int) throws {
        let picture = try randomPicture(width: 2, height: 2, color: .gray)
        #expect(throws: ImageError.self) { try picture.jpeg(quality: quality) }
    }

    @Test func `a side too long for JPEG is refused`() throws {
        let long = try picture([UInt8](repeating: 0, count: 65_501), width: 65_501, height: 1)
        #expect(throws: ImageError.self) { try long.jpeg(quality: 90) }
    }
}
