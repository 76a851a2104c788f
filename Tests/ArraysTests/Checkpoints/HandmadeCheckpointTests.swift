import Arrays
import Foundation
import TestSupport
import Testing

/// What no PyTorch at hand writes.
@Suite struct HandmadeCheckpointTests {
    typealias Pickle = HandmadePickle

    private func read(
        _ object: [UInt8], storages: [(String, [Float])] = []
    ) throws -> CheckpointFile {
        try Pickle.withFile(Pickle.stream(object, storages: storages)) {
            try CheckpointFile(reading: $0)
        }
    }

    @Test func `the dictionary of Python 2, made of a list of pairs, is read`() throws {
        let pairs = ["weight", "bias"].map { name in
            Pickle.list([
                Pickle.oldText(name), Pickle.tensor(count: 2, shape: [2], strides: [1]),
            ])
        }
        let object = Pickle.orderedDictionary(Pickle.list(pairs))
        let expected = HostArray([1, 2] as [Float], shape: [2])
        let file = try read(object, storages: [("0", [1, 2])])
        #expect(file.tensors == ["weight": expected, "bias": expected])
    }

    @Test func `the stride of an axis with one index may be anything`() throws {
        let tensor = Pickle.tensor(count: 6, shape: [1, 2, 3], strides: [1 << 62, 1, 2])
        let file = try read(
            Pickle.dictionary([("w", tensor)]), storages: [("0", [0, 1, 2, 3, 4, 5])])
        #expect(
            file.tensors == ["w": HostArray([0, 2, 4, 1, 3, 5] as [Float], shape: [1, 2, 3])])
    }

    @Test func `a tensor without elements has its shape, wherever it lies`() throws {
        let tensor = Pickle.tensor(count: 0, offset: 99, shape: [0, 1 << 40], strides: [5, 1])
        let file = try read(Pickle.dictionary([("w", tensor)]), storages: [("0", [])])
        #expect(file.tensors["w"]?.shape == [0, 1 << 40])
        #expect(file.tensors["w"]?.bytes == [])
    }

    @Test(
        arguments: [
            ([2, 3], [3, 1], 1), ([7], [1], 0), ([2, 3], [1 << 62, 1], 0), ([-1], [1], 0),
            ([6], [-1], 5), ([6], [1], -1), ([2, 3], [1], 0), ([1 << 62, 8], [0, 0], 0),
            ([1 << 62, 0], [0, 0], 0), ([1], [1], .max), ([.max], [1], 0), ([2], [.max], 0),
            (Array(repeating: 1, count: 65), Array(repeating: 1, count: 65), 0),
        ] as [([Int], [Int], Int)])
    func `a tensor outside of its storage is refused`(
        _ shape: [Int], _ strides: [Int], _ offset: Int
    ) {
        let tensor = Pickle.tensor(count: 6, offset: offset, shape: shape, strides: strides)
        #expect(throws: ArrayError.self) {
            try read(
                Pickle.dictionary([("w", tensor)]), storages: [("0", [0, 1, 2, 3, 4, 5])])
        }
    }

    @Test(arguments: [-1, .max, .min, 1 << 60])
    func `a storage of an impossible size is refused`(_ count: Int) {
        let tensor = Pickle.tensor(count: count, shape: [1], strides: [1])
        #expect(throws: ArrayError.self) {
            try read(Pickle.dictionary([("w", tensor)]), storages: [("0", [0])])
        }
    }

    @Test func `two claims about one storage are refused`() {
        let object = Pickle.dictionary([
            ("a", Pickle.tensor(count: 2, shape: [2], strides: [1])),
            ("b", Pickle.tensor(count: 2, shape: [2], strides: [1], class: "IntStorage")),
        ])
        #expect(throws: ArrayError.self) { try read(object, storages: [("0", [1, 2])]) }
    }

    @Test func `two things under one name are refused`() {
        let object = Pickle.dictionary([
            ("a.b", Pickle.integer(1)), ("a", Pickle.dictionary([("b", Pickle.integer(2))])),
        ])
        #expect(throws: ArrayError.self) { try read(object) }
    }

    @Test func `a storage that is listed twice, or not used, is refused`() {
        let tensor = Pickle.tensor(count: 1, shape: [1], strides: [1])
        for keys in [["0", "0"], ["0", "1"]] {
            #expect(throws: ArrayError.self) {
                try read(Pickle.dictionary([("w", tensor)]), storages: keys.map { ($0, [1]) })
            }
        }
    }

    @Test func `attributes of a dictionary are passed over, of a number refused`() throws {
        let attributes = Pickle.dictionary([("_metadata", Pickle.integer(1))])
        let state = Pickle.dictionary([("epoch", Pickle.integer(7))])
        #expect(try read(state + attributes + Pickle.build).values == ["epoch": .integer(7)])
        #expect(throws: ArrayError.self) {
            try read(Pickle.integer(7) + attributes + Pickle.build)
        }
    }

    @Test(arguments: [
        ("torch", "load"), ("torch._utils", "_rebuild_qtensor"), ("torch", "Tensor"),
        ("torch._utils", "_rebuild_tensor_v2 "), ("", ""), ("collections", "OrderedDict.x"),
        ("torch.storage", "FloatStorage"), ("builtins", "getattr"),
    ])
    func `a global that is not in the list is refused by name`(
        _ module: String, _ name: String
    ) {
        let error = #expect(throws: ArrayError.self) {
            try read(Pickle.global(module, name) + Pickle.emptyTuple + Pickle.call)
        }
        #expect(error?.description.contains("\"\(module).\(name)\"") == true)
    }

    @Test(arguments: [("torch", "FloatStorage"), ("torch", "float32")])
    func `a class that is in the list cannot be called`(_ module: String, _ name: String) {
        #expect(throws: ArrayError.self) {
            try read(Pickle.global(module, name) + Pickle.emptyTuple + Pickle.call)
        }
    }
}
