import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

@Suite struct SubmitterTests {
    private func inRoot(_ body: (LinuxFileSystem, URL) throws -> Void) throws {
        try withTemporaryDirectory { root in
            try FileManager.default.createDirectory(
                at: root.appending(path: "Inbox"), withIntermediateDirectories: true)
            try body(LinuxFileSystem(root: root.path), root)
        }
    }

    @Test func `a job with pictures arrives as one folder`() throws {
        try inRoot { files, root in
            let picture = root.appending(path: "x.png").path
            try Data("picture".utf8).write(to: URL(filePath: picture))
            let submission = try Submitter(files: files).submit(
                Array("job".utf8), name: "a", inputs: [("deep/x.png", picture)], tag: "1")
            #expect(submission == Submission(name: FileName("a"), isFolder: true))
            #expect(try files.names(in: Layout.inbox) == [FileName("a")])
            let copy = Layout.inbox / "a" / "deep" / "x.png"
            #expect(try files.read(copy, limit: 100) == Array("picture".utf8))
        }
    }

    @Test func `a job without files arrives as a file`() throws {
        try inRoot { files, _ in
            _ = try Submitter(files: files).submit([1], name: "a", inputs: [], tag: "1")
            #expect(try files.names(in: Layout.inbox) == [FileName("a.yaml")])
        }
    }

    @Test func `a name that is taken is refused, and nothing is left behind`() throws {
        try inRoot { files, _ in
            let submitter = Submitter(files: files)
            _ = try submitter.submit([1], name: "a", inputs: [], tag: "1")
            #expect(throws: DaemonError.self) {
                try submitter.submit([2], name: "a", inputs: [], tag: "2")
            }
            #expect(throws: DaemonError.self) {
                try submitter.submit([2], name: "b", inputs: [("x", "/not/there")], tag: "3")
            }
            #expect(try files.names(in: Layout.inbox) == [FileName("a.yaml")])
        }
    }

    @Test func `a package of a folder takes job yml too, but not both`() throws {
        try withTemporaryDirectory { folder in
            let job = folder.appending(path: "job.yml").path
            try Data(SampleJobs.text().utf8).write(to: URL(filePath: job))
            let package = try JobPackage(
                path: folder.path, isFolder: true, name: "a", pictures: [],
                isThere: { $0 == job || $0.hasSuffix(".png") }, list: { _ in [] })
            #expect(package.inputs.map(\.path) == ["p.png"])
            #expect(throws: JobPackage.Fault.ambiguous(folder.path)) {
                try JobPackage(
                    path: folder.path, isFolder: true, name: "a", pictures: [],
                    isThere: { _ in true }, list: { _ in [] })
            }
        }
    }

    @Test func `a package takes the pictures that the job names`() throws {
        try withTemporaryDirectory { folder in
            let job = folder.appending(path: "a.yaml").path
            try Data(SampleJobs.text(["x.png", "y.png"]).utf8).write(to: URL(filePath: job))
            let package = try JobPackage(
                path: job, isFolder: false, name: nil, pictures: ["/other/y.png"],
                isThere: { _ in true }, list: { _ in [] })
            #expect(package.name == "a")
            #expect(package.inputs.map(\.path) == ["x.png", "y.png"])
            #expect(package.inputs.map(\.source) == ["\(folder.path)/x.png", "/other/y.png"])
            #expect(throws: JobPackage.Fault.missing(["y.png"])) {
                try JobPackage(
                    path: job, isFolder: false, name: nil, pictures: [],
                    isThere: { $0.hasSuffix("x.png") }, list: { _ in [] })
            }
            #expect(throws: JobPackage.Fault.unused(["z.png"])) {
                try JobPackage(
                    path: job, isFolder: false, name: nil, pictures: ["z.png"],
                    isThere: { _ in true }, list: { _ in [] })
            }
        }
    }
}
