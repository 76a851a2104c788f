import Arrays

/// The integer types that a picture's samples have.
protocol Sample: ArrayElement, FixedWidthInteger, UnsignedInteger {}

extension UInt8: Sample {}
extension UInt16: Sample {}

extension Picture {
    /// The samples, row by row, channels interleaved; `Value` must match the depth.
    func samples<Value: Sample>(as type: Value.Type) -> [Value] {
        precondition(Value.bitWidth == depth.rawValue, "the samples have \(depth.rawValue) bits")
        return pixels.bytes.withUnsafeBytes { Array($0.bindMemory(to: Value.self)) }
    }

    /// A picture over `samples`, whose number must be the product of the sizes.
    init<Value: Sample>(_ samples: [Value], width: Int, height: Int, channels: Int) {
        self.init(unchecked: HostArray(samples, shape: [height, width, channels]))
    }

    /// A picture over the bytes of its samples.
    init(bytes: [UInt8], width: Int, height: Int, channels: Int, depth: SampleDepth) {
        switch depth {
        case .eight:
            self.init(bytes, width: width, height: height, channels: channels)
        case .sixteen:
            let samples = bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt16.self)) }
            self.init(samples, width: width, height: height, channels: channels)
        }
    }
}
