import Arrays
import Foundation
import TestSupport
import Testing

@Suite struct SafetensorsFileTests {
    struct Verdict: Decodable {
        let expect: String
        let why: String
    }

    @Test func `every reference file gets the verdict it should`() throws {
        let verdicts: [String: Verdict] = try Golden.decoded("safetensors/verdicts.json")
        #expect(verdicts.count > 40)
        for (name, verdict) in verdicts {
            let path = Golden.url("safetensors/\(name)").path
            let result = Result { try SafetensorsFile(reading: path) }
            switch verdict.expect {
            case "accept": _ = try result.get()
            case "refuse":
                #expect(throws: ArrayError.self, "\(name): \(verdict.why)") { try result.get() }
            default: break
            }
        }
    }

    @Test func `metadata and awkward names are read`() throws {
        let file = try SafetensorsFile(
            reading: Golden.url("safetensors/all_dtypes.safetensors").path)
        #expect(file.tensors.count == 33)
        #expect(file.metadata["note"] == "line1\nline2 ✓ \"quoted\" \\ back")
        #expect(file.tensors["name with spaces / and ünicode 中"]?.shape == [3])
        #expect(file.tensors["empty.bool"]?.shape == [2, 0, 5])
        #expect(file.tensors["scalar.bf16"]?.shape == [])
    }

    @Test func `values written by the official writer are read`() throws {
        let expected: [String: [Float]] = try Golden.decoded(
            "safetensors/many_tensors_expected.json")
        let file = try SafetensorsFile(
            reading: Golden.url("safetensors/many_tensors.safetensors").path)
        #expect(file.tensors.count == 400)
        for (name, values) in expected {
            #expect(try file.tensors[name]?.values(as: Float.self) == values, "\(name)")
        }
    }

    @Test func `a file comes back as it was written`() throws {
        let weights = HostArray([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
        let file = SafetensorsFile(
            tensors: [
                "net.\"weight\"\n": weights,
                "half": try weights.converted(to: .bfloat16),
                "bytes": HostArray([1, 2, 3] as [UInt8], shape: [3]),
                "scalar": HostArray([0.5] as [Double], shape: []),
                "empty": HostArray([] as [Float], shape: [0, 4]),
            ],
            metadata: ["format": "pt", "control": "\u{1}"])
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "model.safetensors").path
            try file.write(to: path)
            #expect(try SafetensorsFile(reading: path) == file)
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
            #expect(bytes == file.serialized())
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
        }
    }

    @Test func `no truncation and no flipped byte ends in a crash`() throws {
        let original = try [UInt8](
            Data(contentsOf: Golden.url("safetensors/valid_whitespace.safetensors")))
        for length in 0..<original.count {
            #expect(throws: ArrayError.self) {
                try SafetensorsFile(parsing: Array(original[..<length]), context: "cut")
            }
        }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<1000 {
            var bytes = original
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^=
                UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            _ = try? SafetensorsFile(parsing: bytes, context: "flipped")
        }
    }
}
