import Arrays
import Foundation
import TestSupport
import Testing

@Suite struct NPZFileTests {
    private func read(_ name: String) throws -> [String: HostArray] {
        try NPZFile(reading: Golden.url("npy/\(name).npz").path).arrays
    }

    @Test(arguments: ["stored", "deflated"])
    func `members written by NumPy are read`(_ name: String) throws {
        let arrays = try read(name)
        #expect(try arrays["w"] == NPYFile(reading: Golden.url("npy/f4.npy").path).array)
        #expect(try arrays["b"]?.numbers(as: Double.self) == [0, 1, 2, 3, 4])
        if name == "stored" {
            #expect(try arrays["name with space"]?.numbers(as: Double.self) == [2.5])
        }
    }

    @Test func `an archive without members is read`() throws {
        #expect(try read("empty").isEmpty)
    }

    @Test(arguments: ["bad_crc", "with_object"])
    func `a damaged member or one that holds objects is refused`(_ name: String) {
        #expect(throws: ArrayError.self) { try read(name) }
    }

    @Test func `a member that climbs out of its folder is only a name`() throws {
        let arrays = try read("bad_traversal")
        #expect(arrays.keys.allSatisfy { $0.contains("..") })
    }

    @Test func `values of every type agree with the reference`() throws {
        struct Reference: Decodable { let keys: [String: String] }
        let keys = try Golden.decoded(
            "safetensors/all_dtypes_expected.json", as: Reference.self
        ).keys
        let values = try NPZFile(
            reading: Golden.url("safetensors/all_dtypes_expected.npz").path
        ).arrays
        let tensors = try SafetensorsFile(
            reading: Golden.url("safetensors/all_dtypes.safetensors").path
        ).tensors
        #expect(Set(keys.keys) == Set(tensors.keys))
        for (name, tensor) in tensors {
            let key = try #require(keys[name])
            // NumPy has no bfloat16; the reference holds those values as float32.
            let comparable =
                tensor.elementType == .bfloat16
                ? try tensor.converted(to: .float32) : tensor
            #expect(comparable == values[key], "\(name)")
        }
    }

    @Test func `arrays come back as they were written`() throws {
        let file = NPZFile([
            "z0": HostArray([1, 2, 3, 4] as [Float], shape: [2, 2]),
            "größe": HostArray([7] as [Int64], shape: []),
        ])
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a.npz").path
            try file.write(to: path)
            #expect(try NPZFile(reading: path) == file)
        }
    }

    @Test func `no truncation and no flipped byte ends in a crash`() throws {
        let original = try Data(contentsOf: Golden.url("npy/deflated.npz"))
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a.npz")
            for length in 0..<original.count {
                try original.prefix(length).write(to: path)
                #expect(throws: ArrayError.self) { try NPZFile(reading: path.path) }
            }
            var generator = SeededGenerator(seed: 3)
            for _ in 0..<1000 {
                var bytes = original
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^=
                    UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
                try bytes.write(to: path)
                _ = try? NPZFile(reading: path.path)
            }
        }
    }
}
