extension SafetensorsFile {
    /// Writes the file to `path`, whole or not at all.
    ///
    /// - Throws: `ArrayError` when the system fails.
    package func write(to path: String) throws(ArrayError) {
        let file = try OutputFile(path)
        let names = orderedNames
        try file.append(header(of: names))
        for name in names {
            if let tensor = tensors[name] { try file.append(tensor.bytes) }
        }
        try file.publish()
    }

    /// The bytes of the file.
    package func serialized() -> [UInt8] {
        let names = orderedNames
        return names.reduce(into: header(of: names)) { bytes, name in
            if let tensor = tensors[name] { bytes += tensor.bytes }
        }
    }

    /// Wide elements first, so that every tensor is aligned to its elements.
    private var orderedNames: [String] {
        func width(_ name: String) -> Int { tensors[name]?.elementType.byteCount ?? 0 }
        return tensors.keys.sorted { (-width($0), $0) < (-width($1), $1) }
    }

    private func header(of names: [String]) -> [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }
                .map { "\(JSONValue.quoted($0.key)):\(JSONValue.quoted($0.value))" }
            members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
        }
        var offset = 0
        for name in names {
            guard let tensor = tensors[name] else { continue }
            let end = offset + tensor.bytes.count
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            members.append(
                "\(JSONValue.quoted(name)):{\"dtype\":\"\(tensor.elementType.safetensorsName)\","
                    + "\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
            offset = end
        }
        var text = Array("{\(members.joined(separator: ","))}".utf8)
        text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
        return length + text
    }
}

extension ElementType {
    /// What the safetensors format calls the type.
    var safetensorsName: String {
        switch self {
        case .bool: "BOOL"
        case .uint8: "U8"
        case .int8: "I8"
        case .uint16: "U16"
        case .int16: "I16"
        case .uint32: "U32"
        case .int32: "I32"
        case .uint64: "U64"
        case .int64: "I64"
        case .float16: "F16"
        case .bfloat16: "BF16"
        case .float32: "F32"
        case .float64: "F64"
        case .complex64: "C64"
        }
    }
}
