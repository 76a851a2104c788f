import Glibc
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct ReductionTests {
    typealias Reduction = @Sendable (Tensor, [Int]?, Bool) throws -> Tensor

    static let reductions: [String: (ours: Reduction, expected: @Sendable ([Double]) -> Double)] = [
        "sum": ({ try $0.sum(over: $1, keepingAxes: $2) }, { $0.reduce(0, +) }),
        "mean": (
            { try $0.mean(over: $1, keepingAxes: $2) }, { $0.reduce(0, +) / Double($0.count) }
        ),
        "largest": ({ try $0.largest(over: $1, keepingAxes: $2) }, { $0.max() ?? .nan }),
        "smallest": ({ try $0.smallest(over: $1, keepingAxes: $2) }, { $0.min() ?? .nan }),
        "logSumExp": (
            { try $0.logSumExp(over: $1, keepingAxes: $2) },
            { Glibc.log($0.map { Glibc.exp($0) }.reduce(0, +)) }
        ),
        "norm": (
            { try $0.norm(over: $1, keepingAxes: $2) },
            { $0.map { $0 * $0 }.reduce(0, +).squareRoot() }
        ),
    ]

    private func draw() throws -> Tensor {
        var generator = Generator(seed: 8)
        return try generator.normal([2, 3, 4], .float64)
    }

    @Test(arguments: reductions.keys.sorted())
    func `all elements, some axes and kept axes are reduced`(_ name: String) throws {
        let reduction = try #require(Self.reductions[name])
        let x = try draw()
        let values = try x.doubles()
        let all = try reduction.ours(x, nil, false)
        #expect(all.shape == [])
        try expectClose(all.item(), reduction.expected(values), tolerance: .reference)
        let middle = try reduction.ours(x, [1], true)
        #expect(middle.shape == [2, 1, 4])
        let expected = (0..<8).map { index in
            let (i, k) = (index / 4, index % 4)
            return reduction.expected((0..<3).map { values[i * 12 + $0 * 4 + k] })
        }
        try expectClose(middle.doubles(), expected, tolerance: .reference)
        let last = try reduction.ours(x, [-1, 1], false)
        #expect(last.shape == [2])
        try expectClose(
            last.doubles(),
            [reduction.expected(Array(values[..<12])), reduction.expected(Array(values[12...]))],
            tolerance: .reference)
    }

    @Test(arguments: reductions.keys.sorted())
    func `gradients are finite differences`(_ name: String) throws {
        let reduction = try #require(Self.reductions[name])
        try expectGradients(at: [draw()]) { try reduction.ours($0[0], [0, 2], false) }
    }

    @Test(arguments: reductions.keys.sorted())
    func `no axes leave everything as it is, and absent axes are reported`(_ name: String) throws {
        let reduction = try #require(Self.reductions[name])
        let x = try draw()
        try expectClose(reduction.ours(x, [], false), x, tolerance: .exact)
        let error = #expect(throws: TorchError.self) { try reduction.ours(x, [3], false) }
        #expect(error?.operation == name)
        #expect(error?.shapes == [[2, 3, 4]])
    }

    @Test func `sums per sample keep the first axis alone`() throws {
        let x = try Tensor([1, 2, 3, 4, 5, 6] as [Double], shape: [2, 3, 1])
        #expect(try x.sumPerSample().doubles() == [6, 15])
        #expect(try x.reshaped(to: [6]).sumPerSample().shape == [6])
        let scalar = try Tensor(scalar: 3)
        #expect(throws: TorchError.self) { try scalar.sumPerSample() }
    }

    @Test func `the log of a sum of exponentials does not overflow`() throws {
        let x = try Tensor([1000, 1000] as [Double], shape: [2])
        try expectClose(
            x.logSumExp().item(), 1000 + Glibc.log(2), tolerance: .float64())
    }

    @Test func `running sums and positions of the largest`() throws {
        let x = try Tensor([3, 1, 2, -1, 5, 5.5] as [Double], shape: [2, 3])
        #expect(try x.cumulativeSum(along: 1).doubles() == [3, 4, 6, -1, 4, 9.5])
        #expect(try x.indexOfLargest(along: 1).doubles() == [0, 2])
        #expect(try x.indexOfLargest(along: 1).dataType() == .int64)
        try expectGradients(at: [x]) { try $0[0].cumulativeSum(along: 0) }
    }

    @Test func `dot products sum over everything`() throws {
        let a = try Tensor([1, 2, 3, 4] as [Double], shape: [2, 2])
        let b = try Tensor([2, 0, 1, -1] as [Double], shape: [2, 2])
        #expect(try a.dotProduct(with: b) == 1)
        let flat = try b.reshaped(to: [4])
        let error = #expect(throws: TorchError.self) { try a.dotProduct(with: flat) }
        #expect(error?.shapes == [[2, 2], [4]])
    }
}
