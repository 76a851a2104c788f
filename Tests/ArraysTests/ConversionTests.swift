import Arrays
import Testing

@Suite struct ConversionTests {
    @Test func `every integer type becomes float32`() throws {
        func floats<Value: ArrayElement & FixedWidthInteger>(_ type: Value.Type) throws -> [Float] {
            let array = HostArray([Value.min, 7, Value.max], shape: [3])
            return try array.converted(to: .float32).values(as: Float.self)
        }
        #expect(try floats(UInt8.self) == [0, 7, 255])
        #expect(try floats(Int8.self) == [-128, 7, 127])
        #expect(try floats(UInt16.self) == [0, 7, 65535])
        #expect(try floats(Int16.self) == [-32768, 7, 32767])
        #expect(try floats(UInt32.self) == [0, 7, 4_294_967_296])
        #expect(try floats(Int32.self) == [-2_147_483_648, 7, 2_147_483_648])
        #expect(try floats(UInt64.self) == [0, 7, Float(UInt64.max)])
        #expect(try floats(Int64.self) == [Float(Int64.min), 7, Float(Int64.max)])
    }

    @Test func `truth values become 0 and 1`() throws {
        let array = try HostArray(shape: [3], elementType: .bool, bytes: [0, 1, 2])
        #expect(try array.converted(to: .float32).values(as: Float.self) == [0, 1, 1])
    }

    @Test(arguments: [ElementType.float16, .bfloat16, .float64])
    func `small numbers survive every floating-point type`(_ type: ElementType) throws {
        let array = HostArray([0, 1, -2.5, 0.125, .infinity] as [Float], shape: [5])
        let there = try array.converted(to: type)
        #expect(there.elementType == type)
        #expect(try there.converted(to: .float32) == array)
    }

    @Test func `complex numbers are refused`() throws {
        let array = try HostArray(
            shape: [1], elementType: .complex64, bytes: [UInt8](repeating: 0, count: 8))
        #expect(throws: ArrayError.self) { try array.converted(to: .float32) }
    }

    @Test func `bfloat16 rounds to the nearest, and ties to even`() {
        #expect(BFloat16(Float(bitPattern: 0x3F80_8000)).bitPattern == 0x3F80)
        #expect(BFloat16(Float(bitPattern: 0x3F81_8000)).bitPattern == 0x3F82)
        #expect(BFloat16(Float(bitPattern: 0x3F80_8001)).bitPattern == 0x3F81)
        #expect(BFloat16(Float.greatestFiniteMagnitude).value == .infinity)
        #expect(BFloat16(Float.nan).value.isNaN)
        #expect(BFloat16(Float(bitPattern: 0x7F80_0001)).value.isNaN)
    }

    @Test func `a double is rounded to bfloat16 once`() {
        // Just above a tie: rounding to float32 first would fall on the tie, then to even.
        let tie = Double(Float(bitPattern: 0x3F80_8000))
        #expect(BFloat16(tie + 1e-12).bitPattern == 0x3F81)
        #expect(BFloat16(-tie - 1e-12).bitPattern == 0xBF81)
        let oddTie = Double(Float(bitPattern: 0x3F81_8000))
        #expect(BFloat16(oddTie - 1e-12).bitPattern == 0x3F81)
    }
}
