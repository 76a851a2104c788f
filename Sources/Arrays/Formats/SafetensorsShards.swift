/// Named arrays divided among safetensors files of limited size, as Hugging Face does.
///
///     model-00001-of-00003.safetensors … model.safetensors.index.json
///
/// Arrays that fit into one file are one, without an index.
package struct SafetensorsShards: Sendable {
    /// The files by name, in their order.
    package let files: [(name: String, file: SafetensorsFile)]
    /// Nil when there is only one file.
    package let index: SafetensorsIndex?

    /// Divides `tensors` among files `STEM.safetensors` or `STEM-00001-of-0000N.safetensors`, of
    /// at most `largestFile` bytes; only a tensor that is larger alone has a larger file.
    ///
    /// They are taken in the order of their names.
    package init(dividing tensors: [String: HostArray], largestFile: Int, stem: String) {
        var groups: [[String: HostArray]] = [[:]]
        var size = Self.fixedSize
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let added = tensor.bytes.count + Self.headerSize(of: name, tensor)
            if size + added > largestFile, groups.last?.isEmpty == false {
                groups.append([:])
                size = Self.fixedSize
            }
            groups[groups.count - 1][name] = tensor
            size += added
        }
        let count = groups.count
        files = groups.enumerated().map { index, group in
            let number = "-\(Self.padded(index + 1))-of-\(Self.padded(count))"
            return (
                name: "\(stem)\(count == 1 ? "" : number).safetensors",
                file: SafetensorsFile(tensors: group, metadata: count == 1 ? [:] : Self.metadata)
            )
        }
        index = count == 1 ? nil : Self.index(of: files)
    }

    /// What Hugging Face's readers ask for.
    private static let metadata = ["format": "pt"]

    /// More than the length, the metadata and the padding of a header.
    private static let fixedSize = 64

    /// No less than what a header says about `tensor`.
    private static func headerSize(of name: String, _ tensor: HostArray) -> Int {
        JSONValue.quoted(name).utf8.count + 80 + tensor.shape.count * 20
    }

    private static func index(
        of files: [(name: String, file: SafetensorsFile)]
    ) -> SafetensorsIndex {
        var map: [String: String] = [:]
        var total = 0
        for (name, file) in files {
            for (tensor, array) in file.tensors {
                map[tensor] = name
                total += array.bytes.count
            }
        }
        return SafetensorsIndex(files: map, totalSize: total)
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
