import Arrays
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct FileBlockTests {
    /// Sizes around the ends of blocks.
    static let sizes =
        [0, 1, 7, InputFile.largestBlock - 1]
        + [InputFile.largestBlock, InputFile.largestBlock + 1, 2 * InputFile.largestBlock + 3]

    private func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ $0 >> 9) }
    }

    @Test(arguments: sizes)
    func `blocks are the whole file in its order, and none is large`(_ size: Int) throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a").path
            try OutputFile.write(bytes(size), to: path)
            var found: [UInt8] = []
            try InputFile(path).forEachBlock { (block) throws(ArrayError) in
                #expect(!block.isEmpty && block.count <= InputFile.largestBlock)
                found += block
            }
            #expect(found == bytes(size))
        }
    }

    @Test(arguments: sizes)
    func `a copy has the bytes and the digest of the file`(_ size: Int) throws {
        try withTemporaryDirectory { folder in
            let (path, target) = ("\(folder.path)/a", "\(folder.path)/b")
            try OutputFile.write(bytes(size), to: path)
            try OutputFile.copy(InputFile(path), to: target)
            #expect(try InputFile(target).contents() == bytes(size))
            let digest = SHA256.hexadecimal(of: bytes(size))
            #expect(try SHA256.hexadecimal(of: InputFile(target)) == digest)
        }
    }

    @Test func `a file that is cut meanwhile leaves what had the name`() throws {
        try withTemporaryDirectory { folder in
            let (path, target) = ("\(folder.path)/a", "\(folder.path)/b")
            try OutputFile.write(bytes(2 << 20), to: path)
            try OutputFile.write([1], to: target)
            let file = try InputFile(path)
            try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 3 << 19)
            #expect(throws: ArrayError.self) { try OutputFile.copy(file, to: target) }
            #expect(try InputFile(target).contents() == [1])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.sorted() == ["a", "b"])
        }
    }
}
