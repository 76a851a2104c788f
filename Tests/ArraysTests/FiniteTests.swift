import Arrays
import Testing

@Suite struct FiniteTests {
    private static let values: [Double] = [0, -0.0, 1, -65504, 1e-8, .infinity, -.infinity, .nan]

    @Test(arguments: [ElementType.float16, .bfloat16, .float32, .float64])
    func `infinities and NaN are counted`(_ type: ElementType) throws {
        let array = try HostArray(Self.values, shape: [2, 4]).converted(to: type)
        #expect(array.nonFiniteCount == 3)
        let finite = HostArray(Array(Self.values.prefix(5)), shape: [5])
        #expect(try finite.converted(to: type).nonFiniteCount == 0)
    }

    @Test func `whole numbers are finite, and complex ones when both parts are`() throws {
        #expect(HostArray([0x7F80_0000, -1] as [Int32], shape: [2]).nonFiniteCount == 0)
        #expect(HostArray([] as [Float], shape: [0]).nonFiniteCount == 0)
        let parts = HostArray([1, 2, 3, .nan] as [Float], shape: [4]).bytes
        let complex = try HostArray(shape: [2], elementType: .complex64, bytes: parts)
        #expect(complex.nonFiniteCount == 1)
    }
}
