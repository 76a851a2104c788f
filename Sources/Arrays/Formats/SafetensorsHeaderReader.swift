/// Turns the JSON of a safetensors header into entries, and refuses what is not one.
struct SafetensorsHeaderReader {
    let context: String

    typealias Entry = SafetensorsHeader.Entry

    /// The entries in the order of their bytes, and the metadata.
    ///
    /// - Throws: `ArrayError` that names the tensor and what is wrong with it.
    func read(_ text: [UInt8]) throws(ArrayError) -> ([Entry], [String: String]) {
        guard let members = try JSONParser.parse(text, context: context).members else {
            throw failure("the header is not an object")
        }
        var entries: [Entry] = []
        var metadata: [String: String] = [:]
        for member in members {
            if member.name == "__metadata__" {
                metadata = try self.metadata(member.value)
            } else {
                entries.append(try entry(member))
            }
        }
        // Empty tensors share their offset with the one that follows.
        entries.sort {
            ($0.range.lowerBound, $0.range.upperBound, $0.name)
                < ($1.range.lowerBound, $1.range.upperBound, $1.name)
        }
        return (entries, metadata)
    }

    /// Sees to it that `entries` follow each other and end with the data.
    ///
    /// - Throws: `ArrayError` that names the first tensor out of place.
    func checkCoverage(of entries: [Entry], dataSize: Int) throws(ArrayError) {
        var end = 0
        for entry in entries {
            guard entry.range.lowerBound == end else {
                let what = entry.range.lowerBound > end ? "leaves a gap before it" : "overlaps"
                throw failure("tensor \(JSONValue.quoted(entry.name)) \(what)")
            }
            end = entry.range.upperBound
        }
        guard end == dataSize else {
            throw failure(
                "the tensors take \(end) bytes, the file has \(dataSize) for them; "
                    + "copy the file again")
        }
    }

    private func metadata(_ value: JSONValue) throws(ArrayError) -> [String: String] {
        guard let members = value.members else { throw failure("__metadata__ is not an object") }
        var metadata: [String: String] = [:]
        for member in members {
            guard let text = member.value.string else {
                throw failure("__metadata__.\(member.name) is not a string")
            }
            metadata[member.name] = text
        }
        return metadata
    }

    private func entry(_ member: JSONValue.Member) throws(ArrayError) -> Entry {
        let name = "tensor \(JSONValue.quoted(member.name))"
        guard let fields = member.value.members else { throw failure("\(name) is not an object") }
        var values: [String: JSONValue] = [:]
        for field in fields { values[field.name] = field.value }
        guard fields.count == 3, let type = values["dtype"]?.string,
            let dimensions = values["shape"]?.array, let offsets = values["data_offsets"]?.array
        else { throw failure("\(name) does not have just dtype, shape and data_offsets") }
        let elementType = try self.elementType(type, of: name)
        let shape = try integers(dimensions, named: "\(name): shape")
        let bounds = try integers(offsets, named: "\(name): data_offsets")
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
            throw failure("\(name): data_offsets is not [begin, end]")
        }
        let size = try HostArray.byteCount(of: shape, elementType, in: "\(context): \(name)")
        guard size == bounds[1] - bounds[0] else {
            throw ArrayError(
                .wrongSize(expected: size, found: bounds[1] - bounds[0]),
                in: "\(context): \(name)")
        }
        return Entry(
            name: member.name, elementType: elementType, shape: shape,
            range: bounds[0]..<bounds[1])
    }

    private func elementType(
        _ name: String, of tensor: String
    ) throws(ArrayError) -> ElementType {
        guard let type = ElementType.allCases.first(where: { $0.safetensorsName == name }) else {
            throw ArrayError(
                .unsupported("\(tensor) has dtype \(JSONValue.quoted(name))"), in: context)
        }
        return type
    }

    private func integers(
        _ values: [JSONValue], named name: String
    ) throws(ArrayError) -> [Int] {
        var integers: [Int] = []
        for value in values {
            guard let integer = value.integer, integer >= 0 else {
                throw failure("\(name) holds something else than whole numbers from 0")
            }
            integers.append(integer)
        }
        return integers
    }

    private func failure(_ what: String) -> ArrayError {
        ArrayError(.malformed(what), in: context)
    }
}
