import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct CreationTests {
    @Test(arguments: [DataType.float32, .float64, .int64, .uint8])
    func `filled tensors have shape, type and value`(_ type: DataType) throws {
        let x = try Tensor.full([2, 3], 7, type)
        #expect(x.shape == [2, 3])
        #expect(x.count == 6)
        #expect(try x.dataType() == type)
        #expect(try x.device() == .cpu)
        #expect(try x.doubles() == [7, 7, 7, 7, 7, 7])
        #expect(try x.filled(with: 2).dataType() == type)
    }

    @Test func `zeros, ones, ranges, identities and numbers`() throws {
        #expect(try Tensor.zeros([2]).doubles() == [0, 0])
        #expect(try Tensor.ones([2]).doubles() == [1, 1])
        #expect(try Tensor.arange(4).doubles() == [0, 1, 2, 3])
        #expect(try Tensor.identity(2).doubles() == [1, 0, 0, 1])
        #expect(try Tensor(scalar: 2.5).item() == 2.5)
        #expect(try Tensor(scalar: 2.5).shape == [])
        #expect(try Tensor(indices: [5, -1]).dataType() == .int64)
        #expect(try Tensor.zeros([0, 3]).doubles() == [])
    }

    @Test func `values of another number than the shape needs are reported`() throws {
        #expect(throws: TorchError.self) { try Tensor([1, 2, 3] as [Float], shape: [2]) }
        #expect(throws: TorchError.self) { try Tensor([] as [Double], shape: [1]) }
        #expect(throws: TorchError.self) { try Tensor([1] as [Float], shape: [-1]) }
        let pair = try Tensor([1, 2] as [Float], shape: [2])
        let error = #expect(throws: TorchError.self) { try pair.item() }
        #expect(error?.shapes == [[2]])
    }

    @Test func `more elements than there is memory are reported as such`() throws {
        let error = #expect(throws: TorchError.self) { try Tensor.zeros([1 << 60]) }
        #expect(error?.isOutOfMemory == true)
        #expect(error?.operation == "full")
    }

    @Test(arguments: [[1 << 40, 1 << 40], [Int.max, Int.max], [-1], [3, -2]])
    func `impossible shapes are reported, not fatal`(_ shape: [Int]) throws {
        #expect(throws: TorchError.self) { try Tensor.zeros(shape) }
        var generator = Generator(seed: 0)
        #expect(throws: TorchError.self) { try generator.normal(shape) }
        #expect(throws: TorchError.self) { try generator.uniform(shape) }
        #expect(generator.position == 0)
    }

    @Test func `types are converted and copies are independent`() throws {
        let x = try Tensor([0.25, 1.75, 2] as [Double], shape: [3])
        #expect(try x.converted(to: .int64).doubles() == [0, 1, 2])
        #expect(try x.converted(to: .bool).doubles() == [1, 1, 1])
        #expect(try x.floats() == [0.25, 1.75, 2])
        let copy = try x.copy()
        try copy.overwrite(with: x * 2)
        #expect(try x.doubles() == [0.25, 1.75, 2])
    }

    @Test func `layout in memory does not change values`() throws {
        let x = try randomImages(2, channels: 3)
        try expectClose(x.channelsLast(), x, tolerance: .exact)
        try expectClose(x.transposed().contiguous(), x.transposed(), tolerance: .exact)
        let vector = try Tensor.zeros([3])
        #expect(throws: TorchError.self) { try vector.channelsLast() }
    }
}
