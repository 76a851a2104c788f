import Arrays
import Glibc
import Images
import Jobs
import Models
import Physics
import Pipeline
import Tensors
import TestSupport
import Testing

@Suite struct JobFailureTests {
    private func failure(_ job: String) throws -> JobFailure {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            do {
                _ = try world.run(job)
            } catch {
                return JobFailure(explaining: error)
            }
            return JobFailure(.job, "none", "the job succeeded")
        }
    }

    @Test(arguments: [MemoryShortage.Sample.picture, .window, .sample])
    func `memory that does not suffice for one sample is told with what would`(
        _ sample: MemoryShortage.Sample
    ) throws {
        let cause = TorchError(operation: "pass", message: "std::bad_alloc")
        let failure = JobFailure(
            explaining: MemoryShortage(
                cause: cause, sample: sample, shape: [3, 64, 64], freeBytes: 20 << 20))
        #expect((failure.kind, failure.code) == (.resource, "memory"))
        let words: [MemoryShortage.Sample: String] = [
            .picture: "not even one picture of 3 × 64 × 64 fits",
            .window: "not even the whole picture and one window of 3 × 64 × 64 fit",
            .sample: "not even all samples, worked on one at a time, of 3 × 64 × 64 fit",
        ]
        #expect(failure.message.contains(try #require(words[sample])))
        #expect(failure.hint?.contains("take fewer samples") == (sample == .sample))
        #expect(failure.hint?.contains("about 48 MB for one \(sample)") == true)
        #expect(failure.hint?.contains("20 MB are free") == true)
    }

    @Test func `a model that does not fit is told by its weights`() {
        let room = ModelRoom(folder: "Models/a", bytes: 7 << 20, freeBytes: 5 << 20)
        let failure = JobFailure(explaining: ModelError(folder: "Models/a", .memory(room)))
        #expect((failure.kind, failure.code) == (.resource, "memory"))
        #expect(failure.message.contains("7.0 MB"))
    }

    @Test func `a matrix that does not fit is no mistake of the job`() {
        let room = MatrixRoom(rows: 60_000, columns: 784, freeBytes: 100 << 20)
        let failure = JobFailure(
            explaining: PhysicsError(.memory(room), in: "forward.random_matrix"))
        #expect((failure.kind, failure.code) == (.resource, "memory"))
        #expect(failure.message.contains("60000 × 784"))
    }

    @Test func `every mistake in a job file is told, with its place`() throws {
        let failure = try failure("version: 1\nimages: a.png\nprior: tiny\nnoise: {sinus: {}}\n")
        #expect(failure.kind == .job)
        #expect(failure.code == "job.invalid")
        #expect(failure.line == 4)
        #expect(failure.message.contains("sine"))
    }

    @Test func `a missing model is for the administrator, a missing picture for the user`() throws {
        let model = try failure("version: 1\nimages: a.png\nprior: other\n")
        #expect((model.kind, model.code) == (.environment, "model.missing"))
        let picture = try failure("version: 1\nimages: c.png\nprior: tiny\n")
        #expect((picture.kind, picture.code) == (.job, "picture.missing"))
    }

    @Test func `a picture of another size is told what to do`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let large = HostArray([UInt8](repeating: 9, count: 16 * 16), shape: [16, 16, 1])
            try world.write(Picture(pixels: large).png(), "job/large.png")
            for given in ["truth", "measurement"] {
                let error = #expect(throws: JobFault.self) {
                    try world.run("version: 1\nimages: large.png\nprior: tiny\ngiven: \(given)\n")
                }
                #expect(error?.description.contains("[1, 8, 8]") == true)
            }
        }
    }

    @Test func `a measurement is never resized`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            let large = HostArray([UInt8](repeating: 9, count: 16 * 16), shape: [16, 16, 1])
            try world.write(Picture(pixels: large).png(), "job/large.png")
            let error = #expect(throws: JobFault.self) {
                try world.run(
                    "version: 1\nimages: large.png\nprior: tiny\nprepare: {size: 8}\n")
            }
            #expect(error?.description.contains("prepare") == true)
        }
    }

    @Test func `a truncated picture names itself`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.write(Array(world.bytes("job/a.png").dropLast(30)), "job/cut.png")
            do {
                _ = try world.run("version: 1\nimages: cut.png\nprior: tiny\n")
                Issue.record("a truncated picture was accepted")
            } catch {
                let failure = JobFailure(explaining: error)
                #expect(failure.code == "picture.unreadable")
                #expect(failure.file == "cut.png")
            }
        }
    }

    @Test(arguments: [
        (ENOSPC, JobFailure.Kind.environment, "disk.full"),
        (EACCES, .environment, "permission"),
        (EIO, .environment, "disk.failed"),
    ])
    func `errors of the system are for the administrator`(
        _ code: Int32, _ kind: JobFailure.Kind, _ word: String
    ) {
        let error = ArrayError(.system(operation: .write, code: code), in: "restored/a.png")
        let failure = JobFailure(explaining: error)
        #expect((failure.kind, failure.code) == (kind, word))
    }

    @Test func `a lack of memory is tried once more`() {
        let error = TorchError(operation: "full", message: "DefaultCPUAllocator: not enough memory")
        let failure = JobFailure(explaining: error)
        #expect(failure.kind == .resource)
        #expect(failure.message == "memory ran out in full()")
    }
}
