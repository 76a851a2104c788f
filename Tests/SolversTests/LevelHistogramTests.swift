import Solvers
import Tensors
import Testing

/// Between which levels pixels lie, of pictures whose levels are known.
@Suite struct LevelHistogramTests {
    /// The ends for pictures of one row, given one after the other.
    private func ends(_ pictures: [[Float]], of probability: Double = 0.9) throws -> [[Float]] {
        var histogram = LevelHistogram()
        for picture in pictures {
            try histogram.add(Tensor(picture, shape: [1, 1, 1, picture.count]))
        }
        let interval = try histogram.interval(of: probability)
        #expect(interval.shape == [2, 1, 1, pictures[0].count])
        return try (0..<2).map { try interval.element($0).floats().map { ($0 * 255).rounded() } }
    }

    @Test func `as much is left out at either end`() throws {
        // The levels 0 to 99, and 100 to 199 the other way round.
        let pictures: [[Float]] = (0..<100).map { (level: Int) in
            [Float(level) / 255, Float(199 - level) / 255]
        }
        #expect(try ends(pictures) == [[5, 105], [94, 194]])
        #expect(try ends(pictures, of: 0.5) == [[25, 125], [74, 174]])
    }

    @Test func `the end of the scale is within where pixels lie there`() throws {
        // What a model says of paper: most is white, and some of it a little less.
        let pictures: [[Float]] = (0..<100).map { (index: Int) in
            index < 80 ? [0, 1] : [Float(index - 79) / 255, 0.91]
        }
        #expect(try ends(pictures) == [[0, 232], [15, 255]])
    }

    @Test func `chains of one batch count as pictures one after the other`() throws {
        let values = (0..<40).map { Float($0) / 255 }
        var histogram = LevelHistogram()
        try histogram.add(Tensor(values, shape: [10, 1, 2, 2]))
        let alone = try ends((0..<10).map { Array(values[4 * $0..<4 * $0 + 4]) }, of: 0.6)
        let together = try histogram.interval(of: 0.6)
        #expect(together.shape == [2, 1, 2, 2])
        #expect(try together.floats().map { ($0 * 255).rounded() } == alone.flatMap(\.self))
    }

    @Test func `what is outside of the scale or no number is at an end`() throws {
        let picture: [Float] = [-3, 7, .infinity, -.infinity, .nan]
        let pictures = Array(repeating: picture, count: 20)
        #expect(try ends(pictures) == [[0, 255, 255, 0, 0], [0, 255, 255, 0, 0]])
    }
}
