import Arrays
import Images
import Testing

@Suite struct PictureTests {
    @Test func `a picture has a height, a width and channels`() throws {
        let picture = try randomPicture(width: 4, height: 2, color: .rgb)
        #expect(picture.height == 2)
        #expect(picture.width == 4)
        #expect(picture.channels == 3)
        #expect(picture.color == .rgb)
        #expect(picture.depth == .eight)
    }

    @Test(arguments: [[2, 2], [2, 2, 2], [2, 2, 4], [0, 2, 1], [2, 0, 3], [1, 2, 2, 1]])
    func `other shapes are refused`(_ shape: [Int]) {
        let array = HostArray([UInt8](repeating: 0, count: shape.reduce(1, *)), shape: shape)
        let error = #expect(throws: ImageError.self) { try Picture(pixels: array, name: "a.npy") }
        #expect(error?.description.hasPrefix("a.npy: the shape is \(shape)") == true)
    }

    @Test func `other elements are refused`() {
        let array = HostArray([1] as [Float], shape: [1, 1, 1])
        let error = #expect(throws: ImageError.self) { try Picture(pixels: array) }
        #expect(
            error?.reason == .impossibleElements(.float32, expected: "uint8 or uint16"))
    }
}
