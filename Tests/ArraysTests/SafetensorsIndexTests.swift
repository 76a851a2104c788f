import Arrays
import Foundation
import TestSupport
import Testing

@Suite struct SafetensorsIndexTests {
    private func index(_ text: String) throws -> SafetensorsIndex {
        try SafetensorsIndex(parsing: Array(text.utf8), context: "index")
    }

    @Test func `an index of Hugging Face is read, and written in the same way`() throws {
        let bytes = try [UInt8](
            Data(contentsOf: Golden.url("sharded/model.safetensors.index.json")))
        let index = try SafetensorsIndex(parsing: bytes, context: "index")
        #expect(index.files.count == 6)
        #expect(index.files["levels.0.weight"] == "model-00001-of-00003.safetensors")
        #expect(index.totalSize == 1176)
        // One of its writers ends with a line feed, the other one does not.
        #expect(String(decoding: bytes, as: UTF8.self) + "\n" == index.text)
    }

    @Test func `the tensors are where an index of Hugging Face says`() throws {
        let bytes = try [UInt8](
            Data(contentsOf: Golden.url("sharded/model.safetensors.index.json")))
        let index = try SafetensorsIndex(parsing: bytes, context: "index")
        var total = 0
        for (name, file) in index.files {
            let tensors = try SafetensorsFile(
                reading: Golden.url("sharded/\(file)").path
            ).tensors
            let tensor = try #require(tensors[name])
            total += tensor.bytes.count
            let first = try tensor.numbers(as: Float.self).first
            #expect(first.map { Int($0) % 1000 } == 0, "\(name)")
        }
        #expect(total == index.totalSize)
    }

    @Test func `the total size may be missing, or written with a point`() throws {
        #expect(try index(#"{"weight_map": {"a": "b"}}"#).totalSize == nil)
        #expect(try index(#"{"metadata": {}, "weight_map": {}}"#).totalSize == nil)
        let divided = #"{"metadata": {"total_size": 12.0}, "weight_map": {}}"#
        #expect(try index(divided).totalSize == 12)
    }

    @Test(arguments: [
        "[]", "{}", #"{"weight_map": ["a"]}"#, #"{"weight_map": {"a": 1}}"#,
        #"{"weight_map": {"a": "../b"}}"#, #"{"weight_map": {"a": ""}}"#,
        #"{"weight_map": {"a": ".."}}"#, #"{"weight_map": {"a": "b", "a": "c"}}"#,
        #"{"metadata": {"total_size": -1}, "weight_map": {}}"#,
        #"{"metadata": {"total_size": 1.5}, "weight_map": {}}"#,
        #"{"metadata": {"total_size": "1"}, "weight_map": {}}"#,
    ])
    func `what is no index of this folder is refused`(_ text: String) {
        let error = #expect(throws: ArrayError.self) { try index(text) }
        #expect(error?.context == "index")
    }
}
