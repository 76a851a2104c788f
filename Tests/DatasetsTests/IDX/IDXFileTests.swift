import Arrays
import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct IDXFileTests {
    private let items: [UInt8] = (0..<60).map { UInt8($0 * 4) }

    private func write(_ path: String) throws {
        let writer = try IDXWriter(path: path, itemShape: [3, 4])
        for start in stride(from: 0, to: items.count, by: 24) {
            let bytes = Array(items[start..<min(start + 24, items.count)])
            try writer.append(writer.layout.block(bytes))
        }
        try writer.publish()
    }

    @Test(arguments: ["a.idx", "a.idx.gz"])
    func `items come back as they were written`(_ name: String) throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: name).path
            try write(path)
            let file = try IDXFile(reading: path)
            #expect(file.shape == [5, 3, 4])
            #expect(file.item(2) == HostArray(Array(items[24..<36]), shape: [3, 4]))
            let some = file.items([4, 0])
            #expect(some == HostArray(Array(items[48..<60] + items[0..<12]), shape: [2, 3, 4]))
        }
    }

    @Test func `another program inflates what was written`() throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a.idx.gz").path
            try write(path)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["gzip", "--decompress", path]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let bytes = try [UInt8](Data(contentsOf: folder.appending(path: "a.idx")))
            #expect(bytes == IDXHeader(shape: [5, 3, 4]).bytes + items)
        }
    }

    @Test(arguments: ["a.idx", "a.idx.gz"])
    func `a file cut anywhere is refused`(_ name: String) throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: name).path
            try write(path)
            let whole = try Data(contentsOf: URL(filePath: path))
            let cut = folder.appending(path: "cut-\(name)")
            for length in 0..<whole.count {
                try whole.prefix(length).write(to: cut)
                #expect(throws: ArrayError.self) { try IDXFile(reading: cut.path) }
            }
        }
    }

    @Test(
        arguments: [
            [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 9, 9, 9],
            [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
            [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
            [0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0],
            [0, 0, 8, 0], [0, 0, 8, 200], [0, 1, 8, 1, 0, 0, 0, 0], [],
        ] as [[UInt8]])
    func `a lying header is refused`(_ bytes: [UInt8]) throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a.idx")
            try Data(bytes).write(to: path)
            #expect(throws: ArrayError.self) { try IDXFile(reading: path.path) }
        }
    }

    @Test func `a file that is not published leaves nothing`() throws {
        try withTemporaryDirectory { folder in
            do {
                let writer = try IDXWriter(
                    path: folder.appending(path: "a.idx.gz").path, itemShape: [2])
                try writer.append(writer.layout.block([1, 2]))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }
}
