import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

/// Whoever runs a job again gets what is in its result, and nothing that links there lead to.
@Suite struct ResultFilesTests {
    private func withResult(_ body: (ResultFiles, LinuxFileSystem, URL) throws -> Void) throws {
        try withTemporaryDirectory { root in
            let inputs = root.appending(path: "Outbox/job--1/inputs/sub")
            for folder in [inputs, root.appending(path: "vault"), root.appending(path: "Inbox")] {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true)
            }
            try Data("secret".utf8).write(to: root.appending(path: "vault/a.png"))
            let files = try LinuxFileSystem(root: root.path)
            let result = ResultFiles(files, "job--1", root: root.path)
            try body(result, files, inputs.deletingLastPathComponent())
        }
    }

    @Test func `pictures of a result are found and copied`() throws {
        try withResult { result, files, inputs in
            try Data("picture".utf8).write(to: inputs.appending(path: "sub/a.png"))
            let source = "\(result.path)/inputs/sub/a.png"
            #expect(result.hasFile(source))
            #expect(result.names(in: "\(result.path)/inputs/sub") == ["a.png"])
            #expect(result.names(in: "\(result.path)/inputs/") == ["sub"])
            #expect(try result.read(source) == Array("picture".utf8))
            let digest = try result.copy(source, to: Layout.inbox / "b.png")
            #expect(try files.digest(Layout.inbox / "b.png") == digest)
            #expect(try files.read(Layout.inbox / "b.png", limit: 100) == Array("picture".utf8))
        }
    }

    @Test(arguments: ["a.png", "vault/a.png", "../../../vault/a.png", "sub", "none.png"])
    func `what links lead to is not in the result`(_ path: String) throws {
        try withResult { result, files, inputs in
            let vault = inputs.deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "vault")
            try FileManager.default.createSymbolicLink(
                at: inputs.appending(path: "a.png"),
                withDestinationURL: vault.appending(path: "a.png"))
            try FileManager.default.createSymbolicLink(
                at: inputs.appending(path: "vault"), withDestinationURL: vault)
            let source = "\(result.path)/inputs/\(path)"
            #expect(!result.hasFile(source))
            #expect(result.names(in: "\(result.path)/inputs/vault") == [])
            #expect(throws: JobError.self) { try result.read(source) }
            #expect(throws: DaemonError.self) {
                try result.copy(source, to: Layout.inbox / "b.png")
            }
            #expect(try !files.exists(Layout.inbox / "b.png"))
        }
    }
}
