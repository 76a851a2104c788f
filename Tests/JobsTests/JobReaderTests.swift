import Foundation
import Glibc
import Jobs
import TestSupport
import Testing
import YAML

@Suite struct JobReaderTests {
    @Test func `a job is read from its file, with defaults beside it`() throws {
        try withTemporaryDirectory { folder in
            try "version: 1\nimages: x.png\ndefaults: more.yaml\n"
                .write(to: folder.appending(path: "job.yaml"), atomically: true, encoding: .utf8)
            try "prior: mnist\nseed: 4\n"
                .write(to: folder.appending(path: "more.yaml"), atomically: true, encoding: .utf8)
            let spec = try JobReader.read(path: folder.appending(path: "job.yaml").path())
            #expect(spec.seed == 4)
        }
    }

    @Test func `what is no readable file is explained, and never waited for`() throws {
        try withTemporaryDirectory { folder in
            let missing = folder.appending(path: "no.yaml").path()
            #expect(throws: JobError(.missing, file: missing)) {
                try JobReader.read(path: missing)
            }
            let reason = JobError.Reason.unreadable("it is no regular file")
            #expect(throws: JobError(reason, file: folder.path())) {
                try JobReader.read(path: folder.path())
            }
            let pipe = folder.appending(path: "pipe.yaml").path()
            #expect(mkfifo(pipe, 0o600) == 0)
            #expect(throws: JobError(reason, file: pipe)) { try JobReader.read(path: pipe) }
        }
    }

    @Test func `a file that is too large is refused after its first 256 KiB`() throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "large.yaml").path()
            try Data(repeating: 0x23, count: 10_000_000).write(to: URL(filePath: path))
            let error = #expect(throws: JobError.self) { try JobReader.read(path: path) }
            #expect(error?.issues.map(\.problem) == ["the file is larger than 256 KiB"])
            #expect(try FileContents.read(path, atMost: 1000).count == 1001)
        }
    }

    @Test func `thousands of mistakes give a message of bearable length`() {
        let text = (0..<9000).map { "k\($0): 1\n" }.joined()
        #expect(mistakes(text).split(separator: "\n").count == 100)
    }

    @Test func `noise in a list of one is that noise`() throws {
        #expect(try readJob(jobText("noise: [sine]\n")).noise == .sine(SineNoiseSpec()))
    }

    @Test func `the least job has the documented defaults`() throws {
        let spec = try readJob("version: 1\nimages: a.png\nprior: faces64\n")
        #expect(spec == JobSpec(images: .files(["a.png"]), prior: ModelReference("faces64")))
        #expect(spec.forward == [.identity])
        #expect(spec.solver == .map(MAPSpec()))
    }

    @Test func `the paper's settings are read to the letter`() throws {
        let solver = """
            solver: {map: {beta: 0.5, steps: 150, learning_rate: 0.02, space: latent, \
            optimizer: adam}}

            """
        let spec = try readJob(jobText(solver))
        let iteration = IterationSpec(
            steps: 150, learningRate: 0.02, optimizer: .adam, space: .latent)
        #expect(spec.solver == .map(MAPSpec(beta: 0.5, iteration: iteration)))
    }
}
