import Arrays
import Images
import Testing

@Suite struct PNGTests {
    @Test func `every valid file of PngSuite decodes to the reference pixels`() throws {
        let goldens = try Fixture.golden("png")
        let files = try Fixture.pngSuite().filter { !$0.key.hasPrefix("x") }
        #expect(files.count == 161)
        for (name, bytes) in files where name != "PngSuite.png" {
            let picture = try Picture(decoding: bytes, name: name)
            let isEqual = picture.pixels == goldens[name]
            #expect(isEqual, "\(name)")
        }
    }

    @Test func `the large picture of PngSuite decodes`() throws {
        let bytes = try #require(try Fixture.pngSuite()["PngSuite.png"])
        let picture = try Picture(decoding: bytes, name: "PngSuite.png")
        #expect(picture.pixels.shape == [256, 256, 3])
    }

    @Test func `every corrupt file of PngSuite is refused`() throws {
        let files = try Fixture.pngSuite().filter { $0.key.hasPrefix("x") }
        #expect(files.count == 14)
        for (name, bytes) in files {
            let error = #expect(throws: ImageError.self, "\(name)") {
                try Picture(decoding: bytes, name: name)
            }
            #expect(error?.context == name)
        }
    }

    @Test func `transparency is refused where that is asked for`() throws {
        // Names say t for a transparent colour, 4a and 6a for an alpha channel.
        let transparent = try Fixture.pngSuite().filter {
            let name = $0.key
            return name.contains("4a") || name.contains("6a")
                || name.hasPrefix("t") && !name.hasPrefix("tp0")
        }
        #expect(transparent.count > 20)
        for (name, bytes) in transparent {
            let error = #expect(throws: ImageError.self, "\(name)") {
                try Picture(
                    decoding: bytes, options: DecodingOptions(alpha: .refuse), name: name)
            }
            #expect(error?.reason == .transparent, "\(name)")
        }
    }

    @Test func `an opaque picture passes where transparency is refused`() throws {
        let bytes = try #require(try Fixture.pngSuite()["basn2c16.png"])
        let options = DecodingOptions(alpha: .refuse)
        let picture = try Picture(decoding: bytes, options: options, name: "basn2c16.png")
        #expect(picture.depth == .sixteen)
    }

    @Test func `a PNG with Exif data is turned upright`() throws {
        let picture = try Picture(decoding: Fixture.bytes("turned.png"), name: "turned.png")
        #expect(picture.pixels == (try Fixture.golden("png")["turned.png"]))
    }

    @Test(arguments: ColorModel.allCases, SampleDepth.allCases)
    func `writing a PNG loses nothing`(_ color: ColorModel, _ depth: SampleDepth) throws {
        for (width, height) in [(1, 1), (7, 5), (64, 33)] {
            let picture = try randomPicture(
                width: width, height: height, color: color, depth: depth)
            let again = try Picture(decoding: picture.png(), name: "again")
            #expect(again == picture)
        }
    }
}
