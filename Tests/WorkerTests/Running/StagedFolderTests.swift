import Arrays
import Foundation
import TestSupport
import Testing
import Worker

@Suite struct StagedFolderTests {
    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    @Test func `a folder appears when it is published`() throws {
        try withTemporaryDirectory { folder in
            let staged = try StagedFolder(folder.appending(path: "deep/result").path)
            try write("x", to: staged.staging + "/file")
            #expect(try names(folder.appending(path: "deep")).allSatisfy { $0.hasSuffix(".part") })
            try staged.publish()
            #expect(try names(folder.appending(path: "deep")) == ["result"])
            #expect(try names(folder.appending(path: "deep/result")) == ["file"])
        }
    }

    @Test func `what is discarded leaves nothing`() throws {
        try withTemporaryDirectory { folder in
            let staged = try StagedFolder(folder.appending(path: "result").path)
            try write("x", to: staged.staging + "/file")
            staged.discard()
            #expect(try names(folder) == [])
        }
    }

    @Test func `an empty folder is taken, one that holds something is not`() throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "result").path
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
            let first = try StagedFolder(path)
            try write("1", to: first.staging + "/file")
            try first.publish()
            let second = try StagedFolder(path)
            try write("2", to: second.staging + "/file")
            #expect(throws: ArrayError.self) { try second.publish() }
            #expect(try String(contentsOfFile: path + "/file", encoding: .utf8) == "1")
            try second.publish(isReplacing: true)
            #expect(try String(contentsOfFile: path + "/file", encoding: .utf8) == "2")
            #expect(try names(folder) == ["result"])
        }
    }

    @Test func `a name as long as a file system allows works in any alphabet`() throws {
        try withTemporaryDirectory { folder in
            let name = String(repeating: "写", count: 83)
            let staged = try StagedFolder(folder.appending(path: name).path)
            try OutputFile.write([1], to: "\(staged.staging)/\(name).png")
            try staged.publish()
            #expect(try names(folder) == [name])
        }
    }

    @Test func `a place beneath a file is no folder`() throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "file").path
            try write("x", to: path)
            let error = #expect(throws: ArrayError.self) { try StagedFolder(path + "/result") }
            #expect(error?.reason == .system(operation: .create, code: ENOTDIR))
        }
    }

    @Test func `a file is not replaced by a folder`() throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "result").path
            try write("x", to: path)
            #expect(throws: ArrayError.self) { try StagedFolder(path) }
            #expect(try names(folder) == ["result"])
        }
    }
}
