import Arrays
import Images
import Testing

@Suite struct ResizingTests {
    @Test(arguments: ResizeFilter.allCases)
    func `resizing agrees with Pillow within one level`(_ filter: ResizeFilter) throws {
        let goldens = try Fixture.golden("resize")
        for (source, sizes) in [
            ("photo", [(64, 64), (179, 116), (20, 109)]), ("digit", [(13, 13), (64, 64)]),
        ] {
            let original = try Picture(pixels: #require(goldens[source]))
            for (width, height) in sizes {
                let name = "\(source)-\(filter.rawValue)-\(width)x\(height)"
                let resized = try original.resized(width: width, height: height, filter: filter)
                let golden = try #require(goldens[name])
                #expect(try #require(largestDifference(resized.pixels, golden)) <= 1, "\(name)")
            }
        }
    }

    @Test(arguments: ResizeFilter.allCases)
    func `16 bits agree with 8 bits`(_ filter: ResizeFilter) throws {
        let coarse = try Picture(pixels: #require(try Fixture.golden("resize")["photo"]))
        let fine = coarse.converted(to: .sixteen)
        let expected = try coarse.resized(width: 41, height: 130, filter: filter)
        let resized = try fine.resized(width: 41, height: 130, filter: filter)
        #expect(resized.depth == .sixteen)
        let difference = largestDifference(resized.converted(to: .eight).pixels, expected.pixels)
        #expect(try #require(difference) <= 1)
    }

    @Test(arguments: ResizeFilter.allCases)
    func `the weights of every pixel add up to one`(_ filter: ResizeFilter) {
        for (from, to) in [(89, 64), (28, 64), (1, 9), (9, 1), (64, 64)] {
            expectNormalized(ResamplingWeights(from: from, to: to, filter: filter).weights, to)
        }
    }

    @Test func `the law notices weights that do not add up to one`() {
        let plan = ResamplingWeights(from: 9, to: 3, filter: .bicubic)
        withKnownIssue { expectNormalized(plan.weights.map { $0 * 0.99 }, 3) }
    }

    private func expectNormalized(
        _ weights: [Double], _ outputs: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let taps = weights.count / outputs
        for output in 0..<outputs {
            let sum = weights[output * taps..<(output + 1) * taps].reduce(0, +)
            #expect(abs(sum - 1) < 1e-12, sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: ResizeFilter.allCases, SampleDepth.allCases)
    func `a uniform picture stays uniform`(_ filter: ResizeFilter, _ depth: SampleDepth) throws {
        let white = try picture(
            [UInt8](repeating: 255, count: 63), width: 7, height: 3, channels: 3
        )
        .converted(to: depth)
        let large = try white.resized(width: 50, height: 2, filter: filter)
        let top = UInt8.max
        #expect(large.pixels.bytes.allSatisfy { $0 == top })
    }

    @Test(arguments: SampleDepth.allCases)
    func `the same size changes nothing`(_ depth: SampleDepth) throws {
        let picture = try randomPicture(width: 9, height: 4, color: .rgb, depth: depth)
        #expect(try picture.resized(width: 9, height: 4, filter: .lanczos) == picture)
    }

    @Test func `a fine checkerboard shrinks to gray, not to an alias`() throws {
        let board = (0..<64 * 64).map { ($0 % 64 + $0 / 64).isMultiple(of: 2) ? UInt8.max : 0 }
        let small = try picture(board, width: 64, height: 64)
            .resized(width: 16, height: 16, filter: .box)
        #expect(small.pixels.bytes.allSatisfy { (127...128).contains($0) })
    }

    @Test(arguments: [(0, 5), (5, 0), (-1, 5), (Int.max, 2), (1 << 20, 1 << 20)])
    func `an impossible size is refused`(_ width: Int, _ height: Int) throws {
        let picture = try randomPicture(width: 3, height: 3, color: .gray)
        #expect(throws: ImageError.self) {
            try picture.resized(width: width, height: height, filter: .bilinear)
        }
    }
}
