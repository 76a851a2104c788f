import Arrays
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct TensorHostArrayTests {
    @Test(arguments: [ElementType.uint8, .int64, .float32, .float64, .complex64, .bool, .bfloat16])
    func `arrays survive the way there and back`(_ type: ElementType) throws {
        let count = 6 * type.byteCount
        // Truth values are 0 and 1; for the others every pattern of bits is kept.
        let bytes = (0..<count).map { UInt8(type == .bool ? $0 % 2 : $0 * 37 % 128) }
        let array = try HostArray(shape: [2, 3], elementType: type, bytes: bytes)
        #expect(try Tensor(array).hostArray() == array)
        let empty = try HostArray(shape: [0, 3], elementType: type, bytes: [])
        #expect(try Tensor(empty).hostArray() == empty)
    }

    @Test(arguments: [ElementType.int8, .uint16, .int16, .uint32, .int32, .uint64, .float16])
    func `types that tensors have not are reported`(_ type: ElementType) throws {
        let array = try HostArray(
            shape: [1], elementType: type, bytes: [UInt8](repeating: 0, count: type.byteCount))
        let error = #expect(throws: TorchError.self) { try Tensor(array) }
        #expect(error?.message.contains(type.rawValue) == true)
    }

    @Test func `views, conjugates and tensors with history are copied as they read`() throws {
        let x = try Tensor([1, 2, 3, 4] as [Float], shape: [2, 2]).leaf()
        #expect(
            try x.transposed().hostArray() == HostArray([1, 3, 2, 4] as [Float], shape: [2, 2]))
        let z = try Tensor.complex(
            real: Tensor([1] as [Float], shape: [1]), imaginary: Tensor([2] as [Float], shape: [1]))
        let back = try Tensor(z.conjugate().hostArray())
        #expect(try back.imaginaryPart().floats() == [-2])
    }

    @Test func `double complex numbers have no array`() throws {
        let z = try Tensor.zeros([2, 2], .float64).fourier()
        #expect(throws: TorchError.self) { try z.hostArray() }
    }

    @Test func `an array is copied, not shared`() throws {
        let array = HostArray([1, 2] as [Float], shape: [2])
        let tensor = try Tensor(array)
        try tensor.overwrite(with: tensor * 3)
        #expect(try array.values(as: Float.self) == [1, 2])
    }
}
