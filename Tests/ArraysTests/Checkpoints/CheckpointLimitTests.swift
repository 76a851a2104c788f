import Arrays
import Foundation
import TestSupport
import Testing

/// Pickles that are made to cost more than they look.
@Suite(.timeLimit(.minutes(20))) struct CheckpointLimitTests {
    typealias Pickle = HandmadePickle

    private func expectRefusal(
        of bytes: [UInt8], saying text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let error = try Pickle.withFile(bytes) { path in
            #expect(throws: ArrayError.self, sourceLocation: sourceLocation) {
                try CheckpointFile(reading: path)
            }
        }
        let description = error?.description ?? ""
        #expect(description.contains(text), "\(description)", sourceLocation: sourceLocation)
    }

    @Test func `a list in itself is refused`() throws {
        let list = Pickle.emptyList + Pickle.put(0) + Pickle.get(0) + Pickle.append
        try expectRefusal(of: Pickle.stream(list), saying: "in itself")
    }

    @Test func `lists in lists of the same lists are refused before all are counted`() throws {
        let bomb = (0..<30).reduce(Pickle.list([Pickle.none])) { inner, _ in
            let twice = Pickle.get(0) + Pickle.get(0)
            return inner + Pickle.put(0) + Pickle.emptyList + [0x28] + twice + [0x65]
        }
        // The lists inside are left on the stack, so they go into a tuple.
        try expectRefusal(of: Pickle.stream([0x28] + bomb + [0x74]), saying: "1000000 things")
    }

    @Test func `many copies of one long list are refused`() throws {
        let pair = Pickle.tuple([Pickle.none, Pickle.none]) + Pickle.put(1)
        let list = Pickle.list([pair] + Array(repeating: Pickle.get(1), count: 9999))
        let copies = (0..<10_000).flatMap { _ in Pickle.orderedDictionary(Pickle.get(0)) }
        let object = [0x28] + list + Pickle.put(0) + copies + [0x74]
        try expectRefusal(of: Pickle.stream(object), saying: "million steps")
    }

    @Test func `a million opcodes are enough`() throws {
        let object = Pickle.list(Array(repeating: Pickle.none, count: 1_000_000))
        try expectRefusal(of: Pickle.stream(object), saying: "million steps")
    }

    @Test func `a pickle beyond 64 MiB is refused before it is read`() throws {
        let long: [UInt8] = [0x80, 2, 0x58, 0, 0, 0, 5]
        try Pickle.withFile(long) { path in
            try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 100 << 20)
            let error = #expect(throws: ArrayError.self) { try CheckpointFile(reading: path) }
            #expect(error?.description.contains("beyond 64 MiB") == true)
        }
    }

    @Test func `the same long key in every name is refused`() throws {
        let key = Pickle.text(String(repeating: "k", count: 1 << 20)) + Pickle.put(0)
        let values = (0..<100).map { _ in Pickle.integer(1) }
        let object = [0x7D] + key + Pickle.list(values) + [0x73]
        try expectRefusal(of: Pickle.stream(object), saying: "64 MiB in all")
    }

    @Test func `expanded tensors together may not ask for much more than the file has`() throws {
        let tensors = (0..<100).map { index in
            ("t\(index)", Pickle.tensor(count: 1, shape: [1 << 18], strides: [0]))
        }
        let bytes = Pickle.stream(Pickle.dictionary(tensors), storages: [("0", [7])])
        try expectRefusal(of: bytes, saying: ".contiguous()")
        let few = Pickle.stream(
            Pickle.dictionary(Array(tensors.prefix(3))), storages: [("0", [7])])
        let file = try Pickle.withFile(few) { try CheckpointFile(reading: $0) }
        #expect(file.tensors["t2"]?.bytes.count == 1 << 20)
    }

    @Test func `a checkpoint is read in less memory than twice its size`() async {
        await #expect(processExitsWith: .success) {
            let count = 4 << 20
            let numbers = [Float](repeating: 0.5, count: count)
            let bytes = Pickle.stream(
                Pickle.dictionary(
                    ["a", "b", "c"].map { key in
                        (key, Pickle.tensor(in: key, count: count, shape: [count], strides: [1]))
                    }),
                storages: ["a", "b", "c"].map { ($0, numbers) })
            try Pickle.withFile(bytes) { path in
                // Not twice the 48 MiB of the tensors, but room for a few threads.
                try MemoryLimit.allow(byteCount: 88 << 20)
                #expect(try CheckpointFile(reading: path).tensors.count == 3)
            }
        }
    }
}
