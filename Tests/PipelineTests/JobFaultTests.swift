import Jobs
import Pipeline
import TestSupport
import Testing

/// What a job's files make wrong is named before any work, with its key, place and remedy.
@Suite(.timeLimit(.minutes(20))) struct JobFaultTests {
    private func failure(_ body: () throws -> Void) -> JobFailure {
        do {
            try body()
        } catch {
            return JobFailure(explaining: error)
        }
        return JobFailure(.job, "none", "nothing was wrong")
    }

    @Test(arguments: FaultyJob.all)
    func `a mistake that files show has its key, place and remedy`(_ job: FaultyJob) throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeFaultyFiles()
            let failure = failure {
                _ = try world.run(job.text) { _ in Issue.record("the work began") }
            }
            #expect(failure.kind == .job)
            #expect(failure.message.hasPrefix("\(job.key): "), "\(failure)")
            #expect(failure.message.contains(job.words), "\(failure)")
            #expect(failure.file == "job.yaml")
            #expect(failure.line == job.place.line, "\(failure)")
            #expect(failure.column == job.place.column, "\(failure)")
            let hint = try #require(failure.hint)
            #expect(!hint.isEmpty)
            #expect(failure.message.hasSuffix("; \(hint)"), "\(failure)")
            let checked = self.failure { _ = try world.check(job.text) }
            #expect(checked == failure)
        }
    }

    @Test func `a good job is found good, and nothing is drawn for it`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeFaultyFiles()
            let jobs = [
                FaultyJob(key: "", mark: "", words: ""),
                FaultyJob(forward: "{matrix: {file: A.npy}}", key: "", mark: "", words: ""),
                FaultyJob(
                    // A matrix of 256 MB.
                    forward: "{random_matrix: {measurements: 1000000}}",
                    noise: "{gaussian: {std: 0.1}}", key: "", mark: "", words: ""),
                FaultyJob(
                    noise: "{gaussian: {std: estimate, simulated_std: 0.1}}",
                    solver: "[{map: {steps: 2}}, bm3d, lasso, {bora: {steps: 2}}]", key: "",
                    mark: "", words: ""),
            ]
            for job in jobs {
                #expect(try world.check(job.text).isEmpty, "\(job.text)")
            }
        }
    }

    @Test func `what is not there yet is noted, and the rest is checked all the same`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.writeFaultyFiles()
            let picture = FaultyJob(images: "[a.png, new.png]", key: "", mark: "", words: "")
            let missing = try world.check(picture.text)
            #expect(missing.map(\.path.text) == ["images[1]"])
            #expect(missing.first?.description.hasPrefix("job.yaml:2:17: ") == true)
            let model = FaultyJob(prior: "prior: other", key: "", mark: "", words: "")
            #expect(try world.check(model.text).map(\.path.text) == ["prior"])
            let mask = FaultyJob(
                images: "new.png", forward: "{mask: {image: later.png}}", key: "", mark: "",
                words: "")
            #expect(
                try world.check(mask.text).map(\.path.text) == ["images", "forward[0].mask.image"])
            let wrong = FaultyJob(
                images: "new.png", forward: "{matrix: {file: narrow.npy}}", key: "", mark: "",
                words: "")
            let failure = failure { _ = try world.check(wrong.text) }
            #expect(failure.message.hasPrefix("forward[0].matrix.file: "), "\(failure)")
            let sizeless = FaultyJob(
                images: "new.png", prior: "", solver: "lasso", key: "", mark: "", words: "")
            #expect(try world.check(sizeless.text).map(\.path.text) == ["images"])
        }
    }

    @Test func `a mistake in the defaults is told where it stands`() throws {
        try withTemporaryDirectory { root in
            var world = try SmallWorld(root)
            try world.write(
                Array("prior: tiny\nforward: {downsample: {factor: 3}}\n".utf8),
                "job/shared/tiny.yaml")
            let failure = failure {
                _ = try world.run(
                    "version: 1\ndefaults: shared/tiny.yaml\nimages: a.png\ngiven: truth\n")
            }
            #expect((failure.file, failure.line) == ("shared/tiny.yaml", 2))
        }
    }
}
