import CTorch

/// The type of a tensor's elements.
package enum DataType: Sendable, CaseIterable {
    case uint8, int64, float32, float64, complex64, complex128, bool, bfloat16

    /// libtorch's own number of this type.
    var code: Int32 {
        switch self {
        case .uint8: Int32(CT_UINT8)
        case .int64: Int32(CT_INT64)
        case .float32: Int32(CT_FLOAT32)
        case .float64: Int32(CT_FLOAT64)
        case .complex64: Int32(CT_COMPLEX64)
        case .complex128: Int32(CT_COMPLEX128)
        case .bool: Int32(CT_BOOL)
        case .bfloat16: Int32(CT_BFLOAT16)
        }
    }

    /// The size of one element in bytes.
    package var byteCount: Int {
        switch self {
        case .uint8, .bool: 1
        case .bfloat16: 2
        case .float32: 4
        case .int64, .float64, .complex64: 8
        case .complex128: 16
        }
    }

    init(code: Int32) throws(TorchError) {
        guard let type = Self.allCases.first(where: { $0.code == code }) else {
            throw TorchError(operation: "type", message: "unknown element type \(code)")
        }
        self = type
    }
}
