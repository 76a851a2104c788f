import Tensors
import Testing

/// Work side by side.
@Suite(.timeLimit(.minutes(20))) struct LanesTests {
    private struct Refusal: Error, Equatable {
        let part: Int
    }

    @Test(arguments: [1, 2, 3, 17]) func `every part is worked on, and keeps its place`(
        _ count: Int
    ) throws {
        let found = try Lanes.map(Array(0..<count)) { part in
            try Tensor.full([2, 2], Double(part)).sum().item()
        }
        #expect(found == (0..<count).map { Double(4 * $0) })
    }

    @Test func `gradients are taken in every lane`() throws {
        let found = try Lanes.map([1.0, 2.0, 3.0]) { value in
            try withGradient {
                let leaf = try Tensor.full([3], value).leaf()
                return try leaf.square().sum().gradients(of: [leaf])[0].doubles()
            }
        }
        #expect(found == [[2, 2, 2], [4, 4, 4], [6, 6, 6]])
    }

    @Test func `lanes within lanes do not wait for each other`() throws {
        let found = try Lanes.map([0, 1, 2, 3]) { outer in
            try Lanes.map([0, 1, 2]) { inner in outer * 10 + inner }
        }
        #expect(found == [[0, 1, 2], [10, 11, 12], [20, 21, 22], [30, 31, 32]])
    }

    @Test func `the first part that fails says why, and the others are finished`() throws {
        #expect(throws: Refusal(part: 1)) {
            try Lanes.map([0, 1, 2, 3]) { part in
                if part % 2 == 1 { throw Refusal(part: part) }
                return part
            }
        }
        #expect(try Lanes.map([0, 1]) { $0 } == [0, 1])
    }

    @Test(arguments: [(8, 2), (3, 2), (1, 4), (5, 8)])
    func `ranges cover everything once and are nearly equal`(_ count: Int, _ most: Int) {
        let ranges = Lanes.ranges(of: count, atMost: most)
        #expect(ranges.count == min(count, most))
        #expect(ranges.flatMap { Array($0) } == Array(0..<count))
        let lengths = ranges.map(\.count)
        #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 1)
    }
}
