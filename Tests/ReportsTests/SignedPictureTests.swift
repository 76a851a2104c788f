import Arrays
import Images
import Reports
import TestSupport
import Testing

@Suite struct SignedPictureTests {
    @Test func `zero is mid-gray and the scale is white and black`() throws {
        let array = HostArray([Float(0), 0.2, -0.2, 0.1], shape: [1, 2, 2])
        let signed = try SignedPicture(array)
        #expect(abs(signed.scale - 0.2) < 1e-7)
        #expect(try signed.picture.pixels.values(as: UInt8.self) == [128, 255, 1, 192])
    }

    @Test func `what lies beyond a given scale is cut`() throws {
        let signed = try SignedPicture(HostArray([3.0, -3, 0.5], shape: [3, 1, 1]), scale: 1)
        #expect(try signed.picture.pixels.values(as: UInt8.self) == [255, 1, 192])
        #expect(signed.picture.pixels.shape == [1, 1, 3])
    }

    @Test func `levels give the differences back to half a level`() throws {
        var generator = SeededGenerator(seed: 5)
        let array = SampleReport.noise(16, in: -0.7...0.7, using: &generator)
        let signed = try SignedPicture(array)
        let levels = try signed.picture.pixels.values(as: UInt8.self)
        for (value, level) in zip(try array.values(as: Double.self), levels) {
            let shown = (Double(level) - 128) / 127 * signed.scale
            #expect(abs(shown - value) <= signed.scale / 127 * 0.501)
        }
    }

    @Test func `nothing taken out is all gray`() throws {
        let zeros = HostArray([Float](repeating: 0, count: 4), shape: [1, 2, 2])
        let signed = try SignedPicture(zeros)
        #expect(signed.scale == 1)
        #expect(try signed.picture.pixels.values(as: UInt8.self) == [128, 128, 128, 128])
    }

    @Test func `what is no picture is refused`() {
        let arrays = [
            HostArray([Float.nan], shape: [1, 1, 1]),
            HostArray([Double.infinity], shape: [1, 1, 1]),
            HostArray([1.0, 2], shape: [2, 1, 1]), HostArray([1.0], shape: [1]),
            HostArray([Double](), shape: [1, 0, 4]),
        ]
        for array in arrays {
            #expect(throws: ImageError.self) { try SignedPicture(array) }
        }
    }
}
