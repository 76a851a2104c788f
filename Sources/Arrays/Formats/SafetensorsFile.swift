/// Named arrays in the safetensors format.
///
///     u64 header length | JSON {name: {dtype, shape, data_offsets}} | the bytes of all tensors
///
/// Reading is strict: no overlaps, no gaps, no duplicate names, nothing after the last tensor.
/// <https://huggingface.co/docs/safetensors>
package struct SafetensorsFile: Equatable, Sendable {
    package let tensors: [String: HostArray]
    /// What the writer said about the file (`__metadata__`).
    package let metadata: [String: String]

    package init(tensors: [String: HostArray], metadata: [String: String] = [:]) {
        precondition(tensors["__metadata__"] == nil, "the format keeps that name for itself")
        self.tensors = tensors
        self.metadata = metadata
    }

    /// Reads the file at `path`; every tensor goes from the disk into its own array.
    ///
    /// - Throws: `ArrayError` when it cannot be read or is not a valid safetensors file.
    package init(reading path: String) throws(ArrayError) {
        let file = try InputFile(path)
        let header = try SafetensorsHeader(fileSize: file.size, context: path) {
            (offset, count) throws(ArrayError) in
            try file.bytes(at: offset, count: count)
        }
        try self.init(header, context: path) { (offset, count) throws(ArrayError) in
            try file.bytes(at: offset, count: count)
        }
    }

    /// Reads `bytes`, the content of a file that errors call `context`.
    ///
    /// - Throws: `ArrayError` when they are not a valid safetensors file.
    package init(parsing bytes: [UInt8], context: String) throws(ArrayError) {
        let header = try SafetensorsHeader(fileSize: bytes.count, context: context) {
            Array(bytes[$0..<$0 + $1])
        }
        try self.init(header, context: context) { Array(bytes[$0..<$0 + $1]) }
    }

    private init(
        _ header: SafetensorsHeader, context: String,
        bytes: (_ offset: Int, _ count: Int) throws(ArrayError) -> [UInt8]
    ) throws(ArrayError) {
        var tensors: [String: HostArray] = [:]
        for entry in header.entries {
            let offset = header.dataOffset + entry.range.lowerBound
            tensors[entry.name] = try HostArray(
                shape: entry.shape, elementType: entry.elementType,
                bytes: try bytes(offset, entry.range.count),
                context: "\(context): \(entry.name)")
        }
        self.init(tensors: tensors, metadata: header.metadata)
    }
}
