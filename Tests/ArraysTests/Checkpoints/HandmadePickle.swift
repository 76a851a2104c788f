import Foundation
import TestSupport

/// Pickles, and the stream around them, put together opcode by opcode.
enum HandmadePickle {
    static let none: [UInt8] = [0x4E]
    static let emptyList: [UInt8] = [0x5D]
    static let emptyTuple: [UInt8] = [0x29]
    static let call: [UInt8] = [0x52]
    static let build: [UInt8] = [0x62]
    static let append: [UInt8] = [0x61]

    static func text(_ text: String) -> [UInt8] {
        [0x58] + littleEndian(text.utf8.count, size: 4) + text.utf8
    }

    /// As Python 2 wrote it.
    static func oldText(_ text: String) -> [UInt8] { [0x55, UInt8(text.utf8.count)] + text.utf8 }

    static func integer(_ value: Int) -> [UInt8] { [0x8A, 8] + littleEndian(value, size: 8) }

    static func global(_ module: String, _ name: String) -> [UInt8] {
        [0x63] + "\(module)\n\(name)\n".utf8
    }

    static func put(_ index: UInt8) -> [UInt8] { [0x71, index] }

    static func get(_ index: UInt8) -> [UInt8] { [0x68, index] }

    static func tuple(_ elements: [[UInt8]]) -> [UInt8] { [0x28] + elements.joined() + [0x74] }

    static func list(_ elements: [[UInt8]]) -> [UInt8] {
        emptyList + [0x28] + elements.joined() + [0x65]
    }

    static func dictionary(_ pairs: [(String, [UInt8])]) -> [UInt8] {
        [0x7D, 0x28] + pairs.flatMap { text($0.0) + $0.1 } + [0x75]
    }

    static func orderedDictionary(_ argument: [UInt8]) -> [UInt8] {
        global("collections", "OrderedDict") + argument + [0x85] + call
    }

    /// A tensor of single precision in the storage called `key`, which has `count` elements.
    static func tensor(
        in key: String = "0", count: Int, offset: Int = 0, shape: [Int], strides: [Int],
        class name: String = "FloatStorage"
    ) -> [UInt8] {
        let storage = tuple([
            text("storage"), global("torch", name), text(key), text("cpu"), integer(count), none,
        ])
        let arguments = [
            storage + [0x51], integer(offset), tuple(shape.map(integer)),
            tuple(strides.map(integer)), [0x89], orderedDictionaryOfNothing,
        ]
        return global("torch._utils", "_rebuild_tensor_v2") + tuple(arguments) + call
    }

    private static let orderedDictionaryOfNothing =
        global("collections", "OrderedDict") + emptyTuple + call

    /// A checkpoint of `object`, whose storages have the given numbers.
    static func stream(_ object: [UInt8], storages: [(String, [Float])] = []) -> [UInt8] {
        let magic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
        let keys = list(storages.map { text($0.0) })
        let pickles = [
            [0x8A, 10] + magic, integer(1001), dictionary([("little_endian", [0x88])]), object,
            keys,
        ]
        let data = storages.flatMap { storage in
            littleEndian(storage.1.count, size: 8) + storage.1.withUnsafeBytes { Array($0) }
        }
        return pickles.flatMap { [0x80, 2] + $0 + [0x2E] } + data
    }

    /// Calls `body` with the path of a file that holds `bytes`.
    static func withFile<Result>(
        _ bytes: [UInt8], _ body: (String) throws -> Result
    ) throws -> Result {
        try withTemporaryDirectory { folder in
            let url = folder.appending(path: "handmade.pt")
            try Data(bytes).write(to: url)
            return try body(url.path)
        }
    }

    private static func littleEndian(_ value: Int, size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
