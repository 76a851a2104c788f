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
                Array("job".utf8), name: "a", inputs: [("deep/x.png", picture)], tag: "1"
            ).submission
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

    /// Submits a job with `picture` as `x.png` where the Inbox has these files of an earlier one.
    private func submitAgain(
        _ left: [String: String], picture: String = "picture", patterns: [JobNeeds.Pattern] = [],
        hasEnded: Bool = true, keepsInputs: Bool = true,
        _ check: (LinuxFileSystem, Result<Submission, DaemonError>) throws -> Void
    ) throws {
        try inRoot { files, root in
            try files.createFolder(Layout.inbox / "a")
            try files.createFolder(Layout.outbox)
            var status = StatusDocument(
                activity: .running, pid: 1, started: 0, updated: 0, watching: "")
            status.keepsInputs = keepsInputs
            try files.create(Layout.status, holding: StatusText.bytes(of: status))
            if hasEnded { try files.createFolder(Layout.outbox / "a--20261128-062708-35f519") }
            for (name, text) in left {
                try files.create(Layout.inbox / "a" / name, holding: Array(text.utf8))
            }
            let source = root.appending(path: "x.png").path
            try Data(picture.utf8).write(to: URL(filePath: source))
            let result = Result { () throws(DaemonError) in
                try Submitter(files: files).submit(
                    Array("job".utf8), name: "a", inputs: [("x.png", source)], patterns: patterns,
                    tag: "1"
                ).submission
            }
            try check(files, result)
            #expect(try files.names(in: Layout.inbox) == [FileName("a")])
        }
    }

    @Test(arguments: [["x.png": "picture"], ["other.png": "another"], [:]])
    func `a job goes into the folder that an earlier one has left`(_ left: [String: String]) throws
    {
        try submitAgain(left) { (files, result) throws in
            #expect(try result.get() == Submission(name: FileName("a"), isFolder: true))
            let folder = Layout.inbox / "a"
            #expect(try files.read(folder / "x.png", limit: 100) == Array("picture".utf8))
            #expect(try files.read(folder / "job.yaml", limit: 100) == Array("job".utf8))
            #expect(try files.names(in: folder).count == Set(left.keys).union(["x.png"]).count + 1)
        }
    }

    @Test func `a folder that somebody may still be filling is left alone`() throws {
        try submitAgain(["y.png": "half"], hasEnded: false) { (files, result) throws in
            #expect(throws: DaemonError.self) { try result.get() }
            #expect(try files.names(in: Layout.inbox / "a") == [FileName("y.png")])
        }
    }

    @Test func `where pictures do not stay, a folder without a job is somebody else's`() throws {
        try submitAgain(["y.png": "y"], keepsInputs: false) { (files, result) throws in
            #expect(throws: DaemonError.self) { try result.get() }
            #expect(try files.names(in: Layout.inbox / "a") == [FileName("y.png")])
        }
    }

    @Test func `a folder whose job has not copied its pictures gets none of another`() throws {
        try submitAgain([:]) { (files, result) throws in
            _ = try result.get()
            let id = "20261128-062708-35f51a"
            for folder in [Layout.work, Layout.jobs, Layout.job(id), Layout.submitted(id)] {
                try files.ensureFolder(folder)
            }
            try files.createFolder(Layout.submitted(id) / "a")
            let job = Layout.inbox / "a" / "job.yaml"
            try files.rename(job, to: Layout.submitted(id) / "a" / "job.yaml", replacing: false)
            let source = files.rootPath + "/x.png"
            #expect(throws: DaemonError.self) {
                try Submitter(files: files).submit(
                    [1], name: "a", inputs: [("z.png", source)], tag: "2")
            }
            #expect(try files.names(in: Layout.inbox / "a").map(\.text) == ["x.png"])
        }
    }

    @Test func `pictures of a submission that is refused do not stay`() throws {
        // Its job file cannot follow the pictures.
        try submitAgain(["x.png": "picture"]) { (files, result) throws in
            _ = try result.get()
            let folder = Layout.inbox / "a"
            try files.remove(folder / "job.yaml")
            let package = Layout.inbox / ".submit-3"
            try files.createFolder(package)
            try files.create(package / "z.png", holding: [1])
            #expect(throws: DaemonError.self) {
                try Submitter(files: files).join(package, into: folder, ["z.png"], [])
            }
            try files.removeTree(package)
            #expect(try files.names(in: folder).map(\.text) == ["x.png"])
        }
    }

    @Test(arguments: [["x.png": "another"], ["job.yml": "waits"], ["job.yaml": "waits"]])
    func `nothing that is there is replaced`(_ left: [String: String]) throws {
        try submitAgain(left) { (files, result) throws in
            #expect(throws: DaemonError.self) { try result.get() }
            let folder = Layout.inbox / "a"
            #expect(try files.names(in: folder).map(\.text) == Array(left.keys))
            for (name, text) in left {
                #expect(try files.read(folder / name, limit: 100) == Array(text.utf8))
            }
        }
    }

    @Test func `of two submissions at once into one folder, one is refused`() throws {
        try submitAgain(["y.png": "y"]) { (files, result) throws in
            _ = try result.get()
            let folder = Layout.inbox / "a"
            try files.remove(folder / "job.yaml")
            let source = files.rootPath + "/x.png"
            func submit() throws {
                _ = try Submitter(files: files).submit(
                    [1], name: "a", inputs: [("z.png", source)], tag: "2")
            }
            func submitBesideAnother() throws {
                let lock = try files.lockFolder(folder)
                defer { withExtendedLifetime(lock) {} }
                try submit()
            }
            #expect(throws: DaemonError.self) { try submitBesideAnother() }
            #expect(try files.names(in: folder).map(\.text) == ["x.png", "y.png"])
            try submit()
            #expect(try files.exists(folder / "job.yaml"))
        }
    }

    @Test func `a job gets no picture that was not submitted with it`() throws {
        let pattern = JobNeeds.Pattern(text: "*.png", folder: "") { $0.hasSuffix(".png") }
        try submitAgain(["y.png": "y"], patterns: [pattern]) { (files, result) throws in
            #expect(throws: DaemonError.self) { try result.get() }
            #expect(try files.names(in: Layout.inbox / "a") == [FileName("y.png")])
        }
        try submitAgain(["x.png": "picture", "z.jpg": "z"], patterns: [pattern]) {
            (files, result) throws in
            _ = try result.get()
            #expect(try files.exists(Layout.inbox / "a" / "job.yaml"))
        }
    }

    @Test func `a package of a folder takes job yml too, but not both`() throws {
        try withTemporaryDirectory { folder in
            let job = folder.appending(path: "job.yml").path
            try Data(SampleJobs.text().utf8).write(to: URL(filePath: job))
            let package = try JobPackage(
                path: folder.path, isFolder: true, name: "a", pictures: [],
                isThere: { $0.hasSuffix(".png") }, list: { _ in ["job.yml", "jobs.yml", "p.png"] })
            #expect(package.inputs.map(\.path) == ["p.png"])
            #expect(throws: JobPackage.Fault.ambiguous(folder.path, ["JOB.YAML", "job.yml"])) {
                try JobPackage(
                    path: folder.path, isFolder: true, name: "a", pictures: [],
                    isThere: { _ in true }, list: { _ in ["job.yml", "JOB.YAML"] })
            }
        }
    }

    @Test(arguments: [["d/y.png", "e/y.png"], ["x.png"]])
    func `pictures of which it is unclear what they stand for are refused`(_ given: [String]) throws
    {
        try withTemporaryDirectory { folder in
            let job = folder.appending(path: "a.yaml").path
            try Data(SampleJobs.text(["in/x.png", "on/x.png", "y.png"]).utf8)
                .write(to: URL(filePath: job))
            let unclear = given.count > 1 ? given : ["in/x.png", "on/x.png"]
            #expect(throws: JobPackage.Fault.unclear(unclear)) {
                try JobPackage(
                    path: job, isFolder: false, name: nil, pictures: given, isThere: { _ in true },
                    list: { _ in [] })
            }
        }
    }

    @Test func `a picture that is given twice is one`() throws {
        try withTemporaryDirectory { folder in
            let job = folder.appending(path: "a.yaml").path
            try Data(SampleJobs.text(["y.png"]).utf8).write(to: URL(filePath: job))
            let package = try JobPackage(
                path: job, isFolder: false, name: nil, pictures: ["d/y.png", "d/y.png"],
                isThere: { _ in true }, list: { _ in [] })
            #expect(package.inputs.map(\.source) == ["d/y.png"])
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
            let bare = try JobPackage(
                path: job, isFolder: false, name: nil, pictures: [], isThere: { _ in false },
                list: { _ in [] })
            #expect(bare.inputs.isEmpty)
            #expect(throws: JobPackage.Fault.missing(["x.png", "y.png"])) {
                try JobPackage(
                    path: job, isFolder: false, name: nil, demand: .everything, pictures: [],
                    isThere: { _ in false }, list: { _ in [] })
            }
            #expect(throws: JobPackage.Fault.unused(["z.png"])) {
                try JobPackage(
                    path: job, isFolder: false, name: nil, pictures: ["z.png"],
                    isThere: { _ in true }, list: { _ in [] })
            }
        }
    }
}
