import Arrays
import Testing

@Suite struct HostArrayTests {
    @Test func `values come back as they went in`() throws {
        let array = HostArray([1, 2.5, -3] as [Float], shape: [3, 1])
        #expect(try array.values(as: Float.self) == [1, 2.5, -3])
        #expect(array.elementType == .float32)
    }

    @Test func `asking for another type is an error`() {
        let array = HostArray([1, 2] as [UInt8], shape: [2])
        #expect(throws: ArrayError.self) { try array.values(as: Float.self) }
    }

    @Test func `a shape whose size overflows is an error`() {
        #expect(throws: ArrayError.self) {
            try HostArray(shape: [.max, 2], elementType: .float32, bytes: [])
        }
    }
}
