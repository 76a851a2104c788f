import Arrays
import Foundation
import TestSupport
import Testing

@Suite struct CheckpointFileTests {
    @Test(arguments: ["dtypes.pt", "dtypes_legacy.pt"])
    func `values of every type agree with the reference`(_ name: String) throws {
        struct Reference: Decodable { let keys: [String: String] }
        let keys = try Golden.decoded(
            "safetensors/all_dtypes_expected.json", as: Reference.self
        ).keys
        let expected = try NPZFile(
            reading: Golden.url("safetensors/all_dtypes_expected.npz").path
        ).arrays
        let tensors = try CheckpointGolden.file(name).tensors
        #expect(tensors.count == 29)
        #expect(Set(tensors.values.map(\.elementType)).count == 10)
        for (name, tensor) in tensors {
            let key = try #require(keys[name], "\(name)")
            // NumPy has no bfloat16; the reference holds those values as float32.
            let comparable =
                tensor.elementType == .bfloat16 ? try tensor.converted(to: .float32) : tensor
            #expect(comparable == expected[key], "\(name)")
        }
    }

    @Test(arguments: ["unsigned_types.pt", "unsigned_types_legacy.pt"])
    func `unsigned numbers, which are stored as bytes, are read`(_ name: String) throws {
        let tensors = try CheckpointGolden.file(name).tensors
        let expected = [
            "u16": HostArray([0, 1, 65535, 3, 4, 5] as [UInt16], shape: [2, 3]),
            "u16t": HostArray([0, 3, 1, 4, 65535, 5] as [UInt16], shape: [3, 2]),
            "u32": HostArray([4_294_967_295, 7] as [UInt32], shape: [2]),
            "u64": HostArray([1, 2, 3] as [UInt64], shape: [3]),
        ]
        #expect(tensors == expected)
    }

    @Test(arguments: [
        "views_shared_storage.pt", "views_shared_storage_legacy.pt", "views_protocol4.pt",
        "views_protocol5_legacy.pt",
    ])
    func `views of shared storages become row-major copies`(_ name: String) throws {
        let tensors = try CheckpointGolden.file(name).tensors
        let expected = try CheckpointGolden.arrays("views_expected.npz")
        #expect(expected.count == 9)
        #expect(Set(tensors.keys) == Set(expected.keys))
        for (name, array) in expected { #expect(tensors[name] == array, "\(name)") }
    }

    @Test(arguments: ["nested_checkpoint.pt", "nested_checkpoint_legacy.pt"])
    func `a nested object is known by its paths`(_ name: String) throws {
        let file = try CheckpointGolden.file(name)
        let expected = try CheckpointGolden.arrays("nested_expected.npz")
        #expect(expected.count == 8)
        #expect(file.tensors.count == expected.count)
        for (name, array) in expected {
            let path = name == "param" ? name : "state_dict.\(name)"
            #expect(file.tensors[path] == array, "\(path)")
        }
        #expect(file.values["epoch"] == .integer(12))
        #expect(file.values["neg"] == .integer(-5))
        #expect(file.values["loss"] == .number(0.25))
        #expect(file.values["flag"] == .truth(true))
        #expect(file.values["name"] == .text("café 😀"))
        #expect(file.values["list.1"] == .number(2.5))
        #expect(file.values["tuple.1.0"] == .integer(2))
        #expect(file.values["optimizer.param_groups.0.betas.1"] == .number(0.999))
        #expect(file.values["size.1"] == .integer(3))
        // None, and an integer of 71 bits, have no value here.
        #expect(file.values["none"] == nil)
        #expect(file.values["big"] == nil)
    }

    @Test(arguments: [
        "plain", "no_byteorder", "other_folder", "deflated", "zip64_entries", "zip64_full",
        "typed_v1", "legacy",
    ])
    func `every form of archive and stream holds the same tensor`(_ form: String) throws {
        let expected = try NPYFile(reading: CheckpointGolden.path("handmade_w.npy")).array
        #expect(try CheckpointGolden.file("handmade_\(form).pt").tensors == ["w": expected])
    }

    @Test func `a view of a storage in an old stream is the part it says`() throws {
        let whole = try NPYFile(reading: CheckpointGolden.path("handmade_w.npy")).array
        let part = try whole.values(as: Float.self)[2..<5]
        let tensors = try CheckpointGolden.file("handmade_legacy_view_metadata.pt").tensors
        #expect(tensors == ["w": HostArray(Array(part), shape: [3])])
    }

    @Test func `a single tensor has no name`() throws {
        #expect(try CheckpointGolden.file("bare_tensor.pt").tensors.keys.sorted() == [""])
    }

    @Test func `complex numbers are read`() throws {
        let tensor = try CheckpointGolden.file("complex_tensor.pt").tensors.values.first
        #expect(tensor?.elementType == .complex64)
    }

    @Test func `a file that is not there is an error`() {
        #expect(throws: ArrayError.self) { try CheckpointFile(reading: "/nowhere/model.pt") }
    }
}
