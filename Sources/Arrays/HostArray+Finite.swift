extension HostArray {
    /// How many elements are infinite or NaN.
    package var nonFiniteCount: Int {
        switch elementType {
        case .bool, .uint8, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64: 0
        case .float16: count(UInt16.self, exponent: 0x7C00)
        case .bfloat16: count(UInt16.self, exponent: 0x7F80)
        case .float32, .complex64: count(UInt32.self, exponent: 0x7F80_0000)
        case .float64: count(UInt64.self, exponent: 0x7FF0_0000_0000_0000)
        }
    }

    /// How many words have every bit of the exponent set, which is what marks such a number.
    @inline(__always)
    private func count<Word: FixedWidthInteger>(_ word: Word.Type, exponent: Word) -> Int {
        bytes.withUnsafeBytes { raw in
            var found = 0
            for index in 0..<raw.count / MemoryLayout<Word>.size {
                let offset = index * MemoryLayout<Word>.size
                let bits = raw.loadUnaligned(fromByteOffset: offset, as: Word.self)
                found += bits & exponent == exponent ? 1 : 0
            }
            return found
        }
    }
}
