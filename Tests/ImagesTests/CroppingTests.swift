import Images
import Testing

@Suite struct CroppingTests {
    @Test func `a crop holds the pixels of its rectangle`() throws {
        let ramp = try picture(Array(0..<20), width: 5, height: 4)
        let cut = try ramp.cropped(to: PixelRectangle(x: 1, y: 2, width: 3, height: 2))
        #expect(try cut == picture([11, 12, 13, 16, 17, 18], width: 3, height: 2))
    }

    @Test(arguments: SampleDepth.allCases)
    func `the whole picture is a crop too`(_ depth: SampleDepth) throws {
        let picture = try randomPicture(width: 6, height: 5, color: .rgb, depth: depth)
        let whole = PixelRectangle(x: 0, y: 0, width: 6, height: 5)
        #expect(try picture.cropped(to: whole) == picture)
    }

    @Test func `the middle square drops an odd pixel at the end`() throws {
        let wide = try picture(Array(0..<10), width: 5, height: 2)
        #expect(try wide.centerSquare() == picture([1, 2, 6, 7], width: 2, height: 2))
        let high = try picture(Array(0..<8), width: 2, height: 4)
        #expect(try high.centerSquare() == picture([2, 3, 4, 5], width: 2, height: 2))
    }

    @Test(arguments: [
        PixelRectangle(x: 0, y: 0, width: 6, height: 1),
        PixelRectangle(x: -1, y: 0, width: 2, height: 2),
        PixelRectangle(x: 4, y: 3, width: 1, height: 2),
        PixelRectangle(x: 0, y: 0, width: 0, height: 2),
        PixelRectangle(x: .max, y: .max, width: .max, height: .max),
        PixelRectangle(x: .min, y: 0, width: .max, height: 1),
    ])
    func `a rectangle that reaches outside is refused`(_ rectangle: PixelRectangle) throws {
        let picture = try randomPicture(width: 5, height: 4, color: .gray)
        let error = #expect(throws: ImageError.self) { try picture.cropped(to: rectangle) }
        #expect(error?.reason == .outside(rectangle, width: 5, height: 4))
    }
}
