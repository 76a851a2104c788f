/// A Swift type that is stored in a `HostArray` bit by bit.
package protocol ArrayElement: BitwiseCopyable, Sendable {
    static var elementType: ElementType { get }
}

extension UInt8: ArrayElement { package static var elementType: ElementType { .uint8 } }
extension Int8: ArrayElement { package static var elementType: ElementType { .int8 } }
extension UInt16: ArrayElement { package static var elementType: ElementType { .uint16 } }
extension Int16: ArrayElement { package static var elementType: ElementType { .int16 } }
extension UInt32: ArrayElement { package static var elementType: ElementType { .uint32 } }
extension Int32: ArrayElement { package static var elementType: ElementType { .int32 } }
extension UInt64: ArrayElement { package static var elementType: ElementType { .uint64 } }
extension Int64: ArrayElement { package static var elementType: ElementType { .int64 } }
extension Float: ArrayElement { package static var elementType: ElementType { .float32 } }
extension Double: ArrayElement { package static var elementType: ElementType { .float64 } }
