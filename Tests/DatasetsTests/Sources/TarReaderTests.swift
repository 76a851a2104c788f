import Arrays
import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct TarReaderTests {
    struct Expected: Decodable {
        let name: String
        let size: Int
    }

    /// All files of an archive with their contents.
    private func read(_ path: String) throws -> [(name: String, content: [UInt8])] {
        let reader = TarReader(try ByteStream(InputFile(path)))
        var files: [(String, [UInt8])] = []
        while let entry = try reader.next() { files.append((entry.name, try reader.content())) }
        return files
    }

    @Test(arguments: ["ustar", "gnu", "pax", "system-v7"])
    func `archives of other programs are read, whatever the names`(_ name: String) throws {
        let expected: [String: [Expected]] = try Golden.decoded("tar/expected.json")
        let files = try read(Golden.url("tar/\(name).tar").path)
        #expect(files.map(\.name) == expected["\(name).tar"]?.map(\.name))
        #expect(files.map(\.content.count) == expected["\(name).tar"]?.map(\.size))
        for file in files where !file.content.isEmpty {
            let name = Array(file.name.utf8)
            #expect(file.content.prefix(name.count) == name[...], "\(file.name)")
        }
    }

    @Test func `entries can be passed over without reading them`() throws {
        let reader = TarReader(try ByteStream(InputFile(Golden.url("tar/pax.tar").path)))
        var names: [String] = []
        while let entry = try reader.next() { names.append(entry.name) }
        #expect(try names == read(Golden.url("tar/pax.tar").path).map(\.name))
    }

    @Test(arguments: ["system-oldgnu", "system-posix"])
    func `a sparse file is refused`(_ name: String) {
        let error = #expect(throws: ArrayError.self) {
            try read(Golden.url("tar/\(name).tar").path)
        }
        #expect(error?.description.contains("sparse") == true)
    }

    @Test func `a gzipped archive is read like a plain one`() throws {
        try withTemporaryDirectory { folder in
            let plain = Golden.url("tar/pax.tar")
            let path = folder.appending(path: "a.tar")
            let bytes = try [UInt8](Data(contentsOf: plain))
            let output = try OutputFile(path.path)
            let gzip = try GzipFile(output, headCount: 512)
            for start in stride(from: 512, to: bytes.count, by: 5000) {
                let piece = Array(bytes[start..<min(start + 5000, bytes.count)])
                try gzip.append(DeflatedPiece(deflating: piece))
            }
            try gzip.finish(head: Array(bytes.prefix(512)))
            try output.publish()
            let found = try read(path.path)
            let expected = try read(plain.path)
            #expect(found.map(\.name) == expected.map(\.name))
            #expect(found.map(\.content) == expected.map(\.content))
        }
    }

    @Test func `an archive cut inside a file is refused`() throws {
        let whole = try Data(contentsOf: Golden.url("tar/system-v7.tar"))
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "cut.tar")
            // 512 header, 512 content, 512 header, 560 content in two blocks.
            for length in [100, 511, 600, 871, 1100, 1535, 1536, 2000, 2095] {
                try whole.prefix(length).write(to: path)
                #expect(throws: ArrayError.self, "\(length) bytes") { try read(path.path) }
            }
            try whole.prefix(2096).write(to: path)
            #expect(try read(path.path).count == 2)
        }
    }

    @Test(arguments: ["gnu", "pax", "ustar"])
    func `no flipped byte ends in a crash`(_ name: String) throws {
        let original = try Data(contentsOf: Golden.url("tar/\(name).tar"))
        var generator = SeededGenerator(seed: 4)
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a.tar")
            for _ in 0..<300 {
                var bytes = original
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^=
                    UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
                try bytes.write(to: path)
                _ = try? read(path.path)
            }
        }
    }

    @Test func `a size beyond all reason is refused without allocating it`() throws {
        var header = try [UInt8](Data(contentsOf: Golden.url("tar/system-v7.tar")).prefix(512))
        // Base 256: 2^62 bytes.
        header.replaceSubrange(124..<136, with: [0x80, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0])
        header.replaceSubrange(148..<156, with: Array("        ".utf8))
        let sum = header.reduce(0) { $0 + Int($1) }
        let digits = String(sum, radix: 8)
        header.replaceSubrange(
            148..<156,
            with: Array((String(repeating: "0", count: 6 - digits.count) + digits + "\0 ").utf8))
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a.tar")
            try Data(header).write(to: path)
            #expect(throws: ArrayError.self) { try read(path.path) }
        }
    }
}
