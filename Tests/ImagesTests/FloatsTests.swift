import Arrays
import Images
import Testing

@Suite struct FloatsTests {
    @Test(arguments: ColorModel.allCases)
    func `floats and back changes no sample`(_ color: ColorModel) throws {
        let picture = try randomPicture(width: 13, height: 9, color: color)
        let floats = picture.floats()
        #expect(floats.shape == [color.channels, 9, 13])
        #expect(try Picture(floats: floats) == picture)
    }

    @Test func `channels become planes`() throws {
        let floats = try picture([0, 51, 102, 153, 204, 255], width: 2, height: 1, channels: 3)
            .floats()
        #expect(floats.shape == [3, 1, 2])
        #expect(try floats.values(as: Float.self) == [0, 0.6, 0.2, 0.8, 0.4, 1])
    }

    @Test func `16 bits are divided by their largest value`() throws {
        let picture = try Picture(
            pixels: HostArray([0, 13107, 65535] as [UInt16], shape: [1, 3, 1]))
        #expect(try picture.floats().values(as: Float.self) == [0, 0.2, 1])
    }

    @Test func `values are clipped and rounded`() throws {
        let floats = HostArray(
            [-1, -.infinity, 0.4 / 255, 0.6 / 255, 1, 1.5, .infinity, 0.5] as [Double],
            shape: [1, 2, 4])
        #expect(try Picture(floats: floats).pixels.bytes == [0, 0, 0, 1, 255, 255, 255, 128])
    }

    @Test func `a value that is not a number is refused`() {
        let floats = HostArray([0, .nan] as [Float], shape: [1, 1, 2])
        let error = #expect(throws: ImageError.self) { try Picture(floats: floats) }
        #expect(error?.reason == .notANumber)
    }

    @Test(arguments: [[2, 3, 3], [3, 3], [1, 0, 4], [1, 1, 3, 3]])
    func `other shapes are refused`(_ shape: [Int]) {
        let floats = HostArray([Float](repeating: 0, count: shape.reduce(1, *)), shape: shape)
        #expect(throws: ImageError.self) { try Picture(floats: floats) }
    }

    @Test func `other elements are refused`() {
        let array = HostArray([1, 2] as [Int32], shape: [1, 1, 2])
        let error = #expect(throws: ImageError.self) { try Picture(floats: array) }
        #expect(error?.description.contains("float32") == true)
    }
}
