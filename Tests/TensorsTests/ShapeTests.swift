import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct ShapeTests {
    /// 0, 1, … in the given shape.
    private func count(_ shape: [Int]) throws -> Tensor {
        try Tensor.arange(shape.reduce(1, *), .float64).reshaped(to: shape)
    }

    @Test func `reshaping keeps the order of elements`() throws {
        let x = try count([2, 3]).reshaped(to: [3, -1])
        #expect(x.shape == [3, 2])
        #expect(try x.doubles() == [0, 1, 2, 3, 4, 5])
        #expect(throws: TorchError.self) { try x.reshaped(to: [4]) }
        #expect(throws: TorchError.self) { try x.reshaped(to: [-1, -1]) }
    }

    @Test func `axes are exchanged`() throws {
        let x = try count([1, 2, 3])
        #expect(try x.permuted([2, 0, 1]).shape == [3, 1, 2])
        #expect(try x.transposed().doubles() == [0, 3, 1, 4, 2, 5])
        #expect(try x.transposed().shape == [1, 3, 2])
        #expect(throws: TorchError.self) { try x.permuted([0, 0, 1]) }
        let vector = try count([3])
        let error = #expect(throws: TorchError.self) { try vector.transposed() }
        #expect(error?.shapes == [[3]])
    }

    @Test func `short axes are expanded`() throws {
        let x = try count([2, 1]).expanded(to: [2, 3])
        #expect(try x.doubles() == [0, 0, 0, 1, 1, 1])
        let full = try x.contiguous()
        #expect(throws: TorchError.self) { try full.expanded(to: [4, 3]) }
    }

    @Test func `slices, strides and single elements`() throws {
        let x = try count([3, 4])
        #expect(try x.slice(1..<3, along: 1).doubles() == [1, 2, 5, 6, 9, 10])
        #expect(try x.slice(2..<2, along: 0).shape == [0, 4])
        #expect(try x.every(2, from: 1, along: 1).doubles() == [1, 3, 5, 7, 9, 11])
        #expect(try x.element(2).doubles() == [8, 9, 10, 11])
        #expect(try x.element(-1, along: 1).doubles() == [3, 7, 11])
    }

    @Test(arguments: [0..<4, 3..<5, 7..<8])
    func `a slice beyond the end is reported, not fatal`(_ range: Range<Int>) throws {
        let x = try count([3, 4])
        let error = #expect(throws: TorchError.self) { try x.slice(range, along: 0) }
        #expect(error?.operation == "slice(\(range), along: 0)")
        #expect(error?.shapes == [[3, 4]])
        #expect(throws: TorchError.self) { try x.slice(0..<1, along: 2) }
        #expect(throws: TorchError.self) { try x.element(3) }
        #expect(throws: TorchError.self) { try x.every(0, from: 0, along: 0) }
    }

    @Test func `elements are looked up by index`() throws {
        let x = try count([3, 2])
        let picked = try x.elements(at: Tensor(indices: [2, 0, 2]))
        #expect(try picked.doubles() == [4, 5, 0, 1, 4, 5])
        let one = try Tensor(indices: [1, 0, 1]).reshaped(to: [3, 1])
        #expect(try x.gathered(at: one, along: 1).doubles() == [1, 2, 5])
        let wrong = try Tensor(indices: [3])
        #expect(throws: TorchError.self) { try x.elements(at: wrong) }
    }

    @Test func `tensors are put one after the other`() throws {
        let a = try count([1, 2])
        let b = try count([2, 2])
        #expect(try Tensor.concatenated([a, b], along: 0).doubles() == [0, 1, 0, 1, 2, 3])
        #expect(try Tensor.stacked([a, a], along: 1).shape == [1, 2, 2])
        let error = #expect(throws: TorchError.self) { try Tensor.stacked([a, b]) }
        #expect(error?.shapes == [[1, 2], [2, 2]])
        #expect(throws: TorchError.self) { try Tensor.concatenated([], along: 0) }
    }

    @Test func `elements are turned round and moved along`() throws {
        let x = try count([2, 3])
        #expect(try x.flipped(along: [1]).doubles() == [2, 1, 0, 5, 4, 3])
        #expect(try x.rolled(by: 1, along: 1).doubles() == [2, 0, 1, 5, 3, 4])
    }

    @Test(arguments: [
        (Tensor.PaddingMode.constant, [9.0, 9, 0, 1, 2, 9]), (.reflect, [2, 1, 0, 1, 2, 1]),
        (.replicate, [0, 0, 0, 1, 2, 2]), (.circular, [1, 2, 0, 1, 2, 0]),
    ])
    func `pictures are padded`(_ mode: Tensor.PaddingMode, _ expected: [Double]) throws {
        let row = try count([1, 1, 1, 3])
        let padded = try row.padded(
            left: 2, right: 1, top: 0, bottom: 0, mode: mode, value: 9)
        #expect(try padded.doubles() == expected)
        let column = try row.transposed().padded(
            left: 0, right: 0, top: 2, bottom: 1, mode: mode, value: 9)
        #expect(column.shape == [1, 1, 6, 1])
        #expect(try column.doubles() == expected)
        try expectGradients(at: [row]) {
            try $0[0].padded(left: 2, right: 1, top: 0, bottom: 0, mode: mode)
        }
    }

    @Test func `a reflection longer than the picture is reported`() throws {
        let x = try count([1, 1, 3, 3])
        #expect(throws: TorchError.self) {
            try x.padded(left: 3, right: 0, top: 0, bottom: 0, mode: .reflect)
        }
    }

    @Test func `gradients follow elements through every change of shape`() throws {
        let x = try count([2, 3, 2])
        let changes: [(Tensor) throws -> Tensor] = [
            { try $0.reshaped(to: [3, 4]) }, { try $0.permuted([2, 0, 1]) },
            { try $0.slice(1..<3, along: 1) }, { try $0.every(2, from: 0, along: 1) },
            { try $0.element(1) }, { try $0.elements(at: Tensor(indices: [1, 1]), along: 2) },
            { try .concatenated([$0, $0], along: 1) }, { try .stacked([$0, $0]) },
            { try $0.flipped(along: [0, 2]) }, { try $0.rolled(by: 2, along: 1) },
            { try $0.slice(0..<1, along: 0).expanded(to: [3, 3, 2]) },
            { try $0.gathered(at: Tensor(indices: [0, 1]).reshaped(to: [1, 2, 1]), along: 1) },
        ]
        for change in changes { try expectGradients(at: [x]) { try change($0[0]) } }
    }
}
