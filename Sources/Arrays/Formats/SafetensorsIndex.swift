/// Which of several safetensors files holds which tensor, as Hugging Face writes it.
///
///     {"metadata": {"total_size": bytes of all tensors}, "weight_map": {name: file}}
///
/// <https://huggingface.co/docs/huggingface_hub/package_reference/serialization>
package struct SafetensorsIndex: Equatable, Sendable {
    /// The file of every tensor; the names of files have no slash.
    package let files: [String: String]
    /// The bytes of all tensors together; nil when the writer did not say.
    package let totalSize: Int?

    package init(files: [String: String], totalSize: Int?) {
        self.files = files
        self.totalSize = totalSize
    }

    /// Reads `bytes`, the content of a file that errors call `context`.
    ///
    /// - Throws: `ArrayError` when they are no such index, or name a file elsewhere.
    package init(parsing bytes: [UInt8], context: String) throws(ArrayError) {
        let index = try JSONParser.parse(bytes, context: context)
        guard let members = index["weight_map"]?.members else {
            throw ArrayError(.malformed("weight_map is not an object"), in: context)
        }
        var files: [String: String] = [:]
        for member in members {
            guard let file = member.value.string, Self.isFileName(file) else {
                let name = JSONValue.quoted(member.name)
                throw ArrayError(
                    .malformed("weight_map gives tensor \(name) no file of this folder"),
                    in: context)
            }
            files[member.name] = file
        }
        self.files = files
        totalSize = try Self.totalSize(index["metadata"], context)
    }

    /// The text of the file.
    package var text: String {
        let map = files.sorted { $0.key < $1.key }
            .map { JSONValue.Member(name: $0.key, value: .string($0.value)) }
        let metadata = totalSize.map { [JSONValue.Member(name: "total_size", value: .init($0))] }
        return JSONValue(["metadata": .object(metadata ?? []), "weight_map": .object(map)]).text
    }

    /// Whether `name` is the name of a file beside the index.
    package static func isFileName(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && !name.contains("/")
    }

    private static func totalSize(
        _ metadata: JSONValue?, _ context: String
    ) throws(ArrayError) -> Int? {
        guard let value = metadata?["total_size"] else { return nil }
        // Old versions of the writer divide, and write whole numbers with a point.
        let size = value.integer ?? value.number.flatMap { Int(exactly: $0) }
        guard let size, size >= 0 else {
            throw ArrayError(.malformed("metadata.total_size is not a size"), in: context)
        }
        return size
    }
}
