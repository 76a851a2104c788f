/// A class or function that a pickle may name.
///
/// This list is what makes reading safe: a name is looked up in it and nowhere else, so nothing
/// in a file is ever executed.
enum PickleGlobal {
    case orderedDictionary
    case size
    case device
    case rebuildTensor
    case rebuildTypedTensor
    case rebuildParameter
    /// The class of a storage; nil for one of bytes.
    case storage(ElementType?)
    case elementType(ElementType)

    /// The global called `name` in `module`; nil for any that is not in the list.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("torch", "Size"): self = .size
        case ("torch", "device"): self = .device
        case ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_tensor_v2"):
            self = .rebuildTensor
        case ("torch._utils", "_rebuild_tensor_v3"): self = .rebuildTypedTensor
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("torch.storage", "UntypedStorage"): self = .storage(nil)
        case ("torch", _):
            if let type = ElementType(rawValue: name) {
                self = .elementType(type)
            } else if let type = Self.storages[name] {
                self = .storage(type)
            } else {
                return nil
            }
        default: return nil
        }
    }

    private static let storages: [String: ElementType] = [
        "BoolStorage": .bool, "ByteStorage": .uint8, "CharStorage": .int8,
        "ShortStorage": .int16, "IntStorage": .int32, "LongStorage": .int64,
        "HalfStorage": .float16, "BFloat16Storage": .bfloat16, "FloatStorage": .float32,
        "DoubleStorage": .float64, "ComplexFloatStorage": .complex64,
    ]
}
