import Arrays
import Foundation
import TestSupport
import Testing

@Suite struct SafetensorsShardsTests {
    private func tensors(_ sizes: [Int]) -> [String: HostArray] {
        var tensors: [String: HostArray] = [:]
        for (index, size) in sizes.enumerated() {
            let values = (0..<size).map { Float(index * 1000 + $0) }
            tensors["layer.\(index)"] = HostArray(values, shape: [size, 1])
        }
        return tensors
    }

    @Test func `what fits into one file is one file without an index`() {
        let tensors = tensors([3, 4])
        let shards = SafetensorsShards(dividing: tensors, largestFile: 10_000, stem: "model")
        #expect(shards.files.map(\.name) == ["model.safetensors"])
        #expect(shards.files.first?.file == SafetensorsFile(tensors: tensors))
        #expect(shards.index == nil)
    }

    @Test(arguments: [600, 1000, 3000])
    func `no file is larger than asked for`(_ limit: Int) throws {
        let tensors = tensors((0..<40).map { 1 + $0 * 7 % 60 })
        let shards = SafetensorsShards(dividing: tensors, largestFile: limit, stem: "model")
        let index = try #require(shards.index)
        #expect(shards.files.count > 1)
        var found: [String: HostArray] = [:]
        for (name, file) in shards.files {
            #expect(file.serialized().count <= limit)
            #expect(file.metadata == ["format": "pt"])
            for (tensor, array) in file.tensors {
                #expect(index.files[tensor] == name)
                #expect(found.updateValue(array, forKey: tensor) == nil)
            }
        }
        #expect(found == tensors)
        #expect(index.files.count == tensors.count)
        #expect(index.totalSize == tensors.values.reduce(0) { $0 + $1.bytes.count })
    }

    @Test func `a tensor that is too large has a file of its own`() {
        let shards = SafetensorsShards(
            dividing: tensors([2, 500, 2]), largestFile: 400, stem: "m")
        #expect(
            shards.files.map(\.name) == [
                "m-00001-of-00003.safetensors", "m-00002-of-00003.safetensors",
                "m-00003-of-00003.safetensors",
            ])
        #expect(shards.files.map { $0.file.tensors.count } == [1, 1, 1])
    }

    @Test func `no tensors are one empty file`() {
        let shards = SafetensorsShards(dividing: [:], largestFile: 1, stem: "m")
        #expect(shards.files.map(\.name) == ["m.safetensors"])
        #expect(shards.index == nil)
    }
}
