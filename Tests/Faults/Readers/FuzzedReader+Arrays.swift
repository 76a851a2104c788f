import Arrays

extension FuzzedReader {
    /// What is read can be written, and is the same when it is read again.
    func readNPY(_ bytes: [UInt8]) throws(ArrayError) {
        let file = try NPYFile(parsing: bytes, context: "input", complexNumbers: .accepted)
        check(file.array)
        let again = try NPYFile(
            parsing: try file.serialized(), context: "output", complexNumbers: .accepted)
        precondition(again == file, "written and read again, the array is another")
    }

    func readNPZ(_ path: String) throws(ArrayError) {
        for array in try NPZFile(reading: path).arrays.values { check(array) }
    }

    func readSafetensors(_ bytes: [UInt8]) throws(ArrayError) {
        for array in try SafetensorsFile(parsing: bytes, context: "input").tensors.values {
            check(array)
        }
    }

    func readIndex(_ bytes: [UInt8]) throws(ArrayError) {
        let index = try SafetensorsIndex(parsing: bytes, context: "input")
        let again = try SafetensorsIndex(parsing: Array(index.text.utf8), context: "output")
        precondition(again == index, "written and read again, the index is another")
    }

    func readCheckpoint(_ path: String) throws(ArrayError) {
        for array in try CheckpointFile(reading: path).tensors.values { check(array) }
    }

    func readJSON(_ bytes: [UInt8]) throws(ArrayError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        let value = try JSONValue(parsing: text, context: "input")
        let again = try JSONValue(parsing: value.text, context: "output")
        precondition(again == value, "written and read again, the value is another")
    }

    /// The bytes are those that the shape asks for, and numbers can be made of them.
    func check(_ array: HostArray) {
        precondition(array.shape.allSatisfy { $0 >= 0 }, "a dimension is negative")
        precondition(
            array.count * array.elementType.byteCount == array.bytes.count,
            "the bytes are not those of the shape")
        _ = try? array.numbers(as: Double.self)
    }
}
