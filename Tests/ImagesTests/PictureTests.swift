import Arrays
import Images
import Testing

@Suite struct PictureTests {
    @Test func `a picture has a height, a width and channels`() throws {
        let picture = try Picture(
            pixels: HostArray([UInt8](repeating: 7, count: 24), shape: [2, 4, 3]))
        #expect(picture.height == 2)
        #expect(picture.width == 4)
        #expect(picture.channels == 3)
        #expect(picture.color == .rgb)
        #expect(picture.depth == .eight)
    }
}
