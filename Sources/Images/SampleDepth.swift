package import Arrays

/// How many bits a sample of a picture has.
package enum SampleDepth: Int, Sendable, CaseIterable {
    case eight = 8
    case sixteen = 16

    /// The largest sample, which stands for 1 on the [0, 1] scale.
    package var maximum: Int { (1 << rawValue) - 1 }

    package var elementType: ElementType {
        switch self {
        case .eight: .uint8
        case .sixteen: .uint16
        }
    }

    var byteCount: Int { rawValue / 8 }
}
