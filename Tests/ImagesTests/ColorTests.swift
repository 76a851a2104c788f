import Arrays
import Images
import Testing

@Suite struct ColorTests {
    private func photo() throws -> Picture {
        try Picture(pixels: #require(try Fixture.golden("resize")["photo"]))
    }

    @Test func `gray is what Pillow makes of RGB`() throws {
        #expect(
            try photo().converted(to: .gray).pixels == Fixture.golden("resize")["photo-gray"])
    }

    @Test(arguments: SampleDepth.allCases)
    func `gray comes back from RGB as it was`(_ depth: SampleDepth) throws {
        let gray = try randomPicture(width: 20, height: 20, color: .gray, depth: depth)
        let colored = gray.converted(to: .rgb)
        #expect(colored.channels == 3)
        #expect(colored.converted(to: .gray) == gray)
    }

    @Test func `every 8-bit sample comes back from 16 bits`() throws {
        let ramp = try picture(Array(0...255), width: 256, height: 1)
        let fine = ramp.converted(to: .sixteen)
        #expect(try fine.pixels.values(as: UInt16.self).last == 65535)
        #expect(fine.converted(to: .eight) == ramp)
    }

    @Test func `16 bits are rounded to the nearest of 8`() throws {
        let samples = [0, 128, 129, 257, 32767, 65406, 65407, 65535] as [UInt16]
        let fine = try Picture(pixels: HostArray(samples, shape: [1, 8, 1]))
        let expected = samples.map { UInt8((Double($0) / 65535 * 255).rounded()) }
        #expect(fine.converted(to: .eight).pixels.bytes == expected)
    }

    @Test func `five bits are what NumPy makes of them`() throws {
        let golden = try #require(try Fixture.golden("resize")["photo-5-bits"])
        let expected = try golden.values(as: Float.self)
        let photo = try photo()
        let floats = try photo.floats(bits: 5)
        #expect(floats.shape == [3, photo.height, photo.width])
        let values = try floats.values(as: Float.self)
        let size = photo.width * photo.height
        for pixel in 0..<size {
            for channel in 0..<3 {
                #expect(values[channel * size + pixel] == expected[3 * pixel + channel])
            }
        }
    }

    @Test(arguments: 1...7)
    func `quantised floats follow the formula`(_ bits: Int) throws {
        let ramp = try picture(Array(0...255), width: 256, height: 1)
        let levels = Double(1 << bits)
        let expected = (0...255).map { value in
            Float(min((Double(value) / 255 * levels).rounded(.down), levels - 1) / levels)
        }
        #expect(try ramp.floats(bits: bits).values(as: Float.self) == expected)
        #expect(try ramp.quantized(bits: bits).floats(bits: bits) == ramp.floats(bits: bits))
        let kept = try ramp.quantized(bits: bits).pixels.bytes
        #expect(kept.map { Float($0) / 256 } == expected)
        let fine = ramp.converted(to: .sixteen)
        #expect(try fine.floats(bits: bits) == ramp.floats(bits: bits))
        #expect(try fine.quantized(bits: bits).floats(bits: bits) == ramp.floats(bits: bits))
    }

    @Test func `eight bits leave a picture as it is`() throws {
        let picture = try randomPicture(width: 5, height: 4, color: .rgb)
        #expect(try picture.quantized(bits: 8) == picture)
        #expect(try picture.floats(bits: 8) == picture.floats())
    }

    @Test(arguments: [0, 9, -1])
    func `an impossible number of bits is refused`(_ bits: Int) throws {
        let picture = try randomPicture(width: 2, height: 2, color: .gray)
        #expect(throws: ImageError.self) { try picture.quantized(bits: bits) }
        #expect(throws: ImageError.self) { try picture.floats(bits: bits) }
    }
}
