import Arrays
import Datasets
import Foundation
import Images
import TestSupport
import Testing

@Suite struct PictureSourceTests {
    /// The names of a source, and what its reader hands out.
    private func read(_ path: String) throws -> [(name: String, content: PictureContent)] {
        let source = try SourceKind.source(at: path)
        let reader = try source.reader()
        var pictures: [(String, PictureContent)] = []
        while let name = try reader.next() { pictures.append((name, try reader.content())) }
        #expect(try source.names() == pictures.map(\.0))
        return pictures
    }

    @Test func `a folder hands out pictures by name and leaves out other files`() throws {
        try withTemporaryDirectory { folder in
            let png = Data(try PictureFixtures.picture(7).png())
            try FileManager.default.createDirectory(
                at: folder.appending(path: "b/.hidden"), withIntermediateDirectories: true)
            for name in [
                "b/2.png", "a.PNG", "b/10.jpeg", "Z.jpg", "notes.txt", ".x.png", "b/._1.png",
                "b/.hidden/1.png",
            ] {
                try png.write(to: folder.appending(path: name))
            }
            #expect(
                try read(folder.path).map(\.name) == ["Z.jpg", "a.PNG", "b/10.jpeg", "b/2.png"])
        }
    }

    @Test(arguments: ["|u1", "<f4"])
    func `an empty file with impossible sides is refused`(_ type: String) throws {
        try withTemporaryDirectory { folder in
            let header =
                "{'descr': '\(type)', 'fortran_order': False, "
                + "'shape': (0, 1099511627776, 1099511627776), }\n"
            var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
            bytes += [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
            let path = folder.appending(path: "x.npy")
            try Data(bytes + Array(header.utf8)).write(to: path)
            #expect(throws: DatasetError.self) { try SourceKind.source(at: path.path) }
        }
    }

    @Test func `a folder's digest is that of the list of sha256sum`() throws {
        try withTemporaryDirectory { folder in
            let path = try PictureFixtures.folder(of: 3, in: folder)
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "sha256sum *.png | sha256sum"]
            process.currentDirectoryURL = URL(filePath: path)
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let output = String(
                decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(try SourceKind.source(at: path).digest() == String(output.prefix(64)))
        }
    }

    @Test func `nothing in an archive reaches the disk`() throws {
        try withTemporaryDirectory { folder in
            let inner = folder.appending(path: "in/side")
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            let png = try PictureFixtures.picture(1).png()
            let path = inner.appending(path: "a.tar")
            try PictureFixtures.tar([("../../evil.png", png), ("ok.png", png), ("x.txt", [1])])
                .write(to: path)
            #expect(try read(path.path).map(\.name) == ["../../evil.png", "ok.png"])
            #expect(
                try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
                    == ["in", "in/side", "in/side/a.tar"])
        }
    }

    @Test func `stacks of bytes and of numbers are pictures`() throws {
        try withTemporaryDirectory { folder in
            let bytes = HostArray([0, 51, 102, 255] as [UInt8], shape: [2, 1, 2])
            let floats = HostArray([0, 0.2, 0.4, 1] as [Float], shape: [2, 1, 2, 1])
            for (name, array) in [("bytes.npy", bytes), ("floats.npy", floats)] {
                let path = folder.appending(path: name).path
                try NPYFile(array).write(to: path)
                let pictures = try read(path)
                #expect(pictures.map(\.name) == ["0", "1"])
                guard case .decoded(let last) = pictures[1].content else { continue }
                #expect(last.pixels == HostArray([102, 255] as [UInt8], shape: [1, 2, 1]))
            }
        }
    }

    @Test func `arrays that are no pictures are refused`() throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "a.npy").path
            for array in [
                HostArray([0, 2] as [Float], shape: [1, 1, 2]),
                HostArray([0, .nan] as [Float], shape: [1, 1, 2]),
                HostArray([1, 2] as [Int64], shape: [1, 1, 2]),
                HostArray([1, 2] as [UInt8], shape: [2]),
                HostArray([1, 2] as [UInt8], shape: [1, 1, 1, 2]),
                HostArray([] as [UInt8], shape: [1, 0, 2]),
            ] {
                try NPYFile(array).write(to: path)
                #expect(throws: DatasetError.self) { try SourceKind.source(at: path) }
            }
        }
    }

    @Test func `what is no source is refused, and so is what is not there`() throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "text.tar")
            try Data("hello, this is no archive".utf8).write(to: path)
            #expect(throws: DatasetError.self) { try SourceKind.source(at: path.path) }
            #expect(throws: DatasetError.self) { try SourceKind.source(at: path.path + "x") }
            #expect(throws: DatasetError.self) { try SourceKind.source(at: "/dev/null") }
        }
    }
}
