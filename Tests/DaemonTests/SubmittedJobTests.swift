import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

@Suite struct SubmittedJobTests {
    private let all = JobNeeds.Pattern(text: "*.png", folder: "") { $0.hasSuffix(".png") }

    /// Submits a job with the picture `a.png`, and calls `body` with it.
    private func submitting(
        _ patterns: [JobNeeds.Pattern] = [],
        before prepare: (LinuxFileSystem) throws -> Void = { _ in },
        _ body: (LinuxFileSystem, inout SubmittedJob) throws -> Void
    ) throws {
        try withTemporaryDirectory { root in
            let files = try LinuxFileSystem(root: root.path)
            for folder in [Layout.inbox, Layout.outbox, Layout.work, Layout.jobs] {
                try files.createFolder(folder)
            }
            try prepare(files)
            let picture = root.appending(path: "a.png")
            try Data("picture".utf8).write(to: picture)
            var job = try Submitter(files: files).submit(
                Array("job".utf8), name: "a", inputs: [("a.png", picture.path)],
                patterns: patterns, tag: "1")
            let early = job.result(in: files)
            #expect(early == nil)
            try body(files, &job)
        }
    }

    /// Publishes a result with these pictures.
    private func publish(
        _ id: String, _ pictures: [String: String], name: String = "a", job: String? = "job",
        in files: LinuxFileSystem
    ) throws {
        let result = Layout.outbox / "\(name)--20260131-235959-\(id).failed"
        try files.createFolder(result)
        try files.createFolder(result / "inputs")
        if let job { try files.create(result / "job.yaml", holding: Array(job.utf8)) }
        for (name, text) in pictures {
            try files.create(result / "inputs" / name, holding: Array(text.utf8))
        }
    }

    @Test func `the result of a job with other pictures is not ours`() throws {
        try submitting { files, job in
            try publish("000001", ["a.png": "another"], in: files)
            try publish("000002", ["a.png": "picture"], job: "another", in: files)
            try publish("000003", ["a.png": "picture"], name: "b", in: files)
            let none = job.result(in: files)
            #expect(none == nil)
            try publish("000000", ["a.png": "picture"], in: files)
            let result = job.result(in: files)
            #expect(result?.identifier.text.hasSuffix("000000") == true)
        }
    }

    @Test func `nor is that of a job with more pictures that fit a pattern`() throws {
        try submitting([all]) { files, job in
            try publish("000001", ["a.png": "picture", "b.png": "more"], in: files)
            let none = job.result(in: files)
            #expect(none == nil)
            try publish("000002", ["a.png": "picture", "job.yaml": "job"], in: files)
            let result = job.result(in: files)
            #expect(result != nil)
        }
    }

    @Test func `nor is that of an equal job that was accepted before`() throws {
        let early = "20260131-235959-000001"
        try submitting(before: { try $0.createFolder(Layout.job(early)) }) { files, job in
            try publish("000001", ["a.png": "picture"], in: files)
            let none = job.result(in: files)
            #expect(none == nil)
            try publish("000002", ["a.png": "picture"], in: files)
            let result = job.result(in: files)
            #expect(result?.identifier.text.hasSuffix("000002") == true)
        }
    }

    @Test func `what a result does not hold is not held against it`() throws {
        try submitting { files, job in
            try publish("000001", [:], job: nil, in: files)
            let result = job.result(in: files)
            #expect(result != nil)
        }
    }
}
