import Tensors
import Testing

@Suite struct TorchErrorTests {
    @Test func `an error names the operation, the shapes and the reason`() {
        let error = TorchError(operation: "+", shapes: [[2, 3], []], message: "sizes differ")
        #expect(error.description == "+([2, 3], []): sizes differ")
    }

    @Test(arguments: [
        ("CUDA out of memory. Tried to allocate 20.00 GiB", true),
        ("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes", true),
        ("DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes", true),
        ("std::bad_alloc", true), ("could not create a primitive", true),
        ("The size of tensor a (3) must match the size of tensor b (2)", false),
    ])
    func `running out of memory is told from other failures`(
        _ message: String, _ isOutOfMemory: Bool
    ) {
        #expect(TorchError(operation: "x", message: message).isOutOfMemory == isOutOfMemory)
    }

    @Test func `a message is one line`() throws {
        let a = try Tensor.zeros([2])
        let error = #expect(throws: TorchError.self) { try a.matrixProduct(Tensor.zeros([3])) }
        #expect(error?.message.contains("\n") == false)
        #expect(error?.message.isEmpty == false)
    }
}
