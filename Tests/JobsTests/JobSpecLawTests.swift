import Jobs
import Testing
import YAML

/// Laws that hold for every job.
@Suite struct JobSpecLawTests {
    /// Expects that `spec` is read back from what `write` makes of it.
    private func expectReadBack(
        _ spec: JobSpec, _ write: (JobSpec) -> String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let text = write(spec)
        do throws(JobError) {
            let read = try readJob(text)
            #expect(read == spec, "\(text)", sourceLocation: sourceLocation)
        } catch {
            Issue.record("\(error)\n\(text)", sourceLocation: sourceLocation)
        }
    }

    @Test func `a job is read back from its resolved file`() {
        var jobs = RandomJob(seed: 1)
        for _ in 0..<500 { expectReadBack(jobs.spec(), \.value.yaml) }
    }

    @Test func `a job is read back from its JSON`() {
        var jobs = RandomJob(seed: 2)
        for _ in 0..<500 { expectReadBack(jobs.spec(), \.value.json) }
    }

    @Test func `the law notices a writer that forgets a setting`() {
        withKnownIssue {
            var jobs = RandomJob(seed: 3)
            var spec = jobs.spec()
            spec.seed = 5
            expectReadBack(spec) { spec in
                var forgetful = spec
                forgetful.seed = 0
                return forgetful.value.yaml
            }
        }
    }

    @Test func `a resolved file says everything`() throws {
        let spec = try readJob(jobText(""))
        let keys = [
            "version", "images", "given", "prepare", "forward", "noise", "prior", "solver",
            "seed", "deterministic", "output",
        ]
        guard case .mapping(let fields) = spec.value else {
            Issue.record("a job is a mapping")
            return
        }
        #expect(fields.map(\.key) == keys)
        #expect(spec.value["solver"]?["map"]?["init"] == "auto")
        #expect(spec.value["solver"]?["map"]?["beta"] == "usual")
        #expect(spec.value["prepare"]?["size"] == "keep")
    }

    @Test func `every unknown key is refused at its place`() {
        var jobs = RandomJob(seed: 4)
        for _ in 0..<200 {
            let text = "version: 1\nzzzz: 1\n" + jobs.spec().value.yaml.dropFirst(11)
            let expected = "job.yaml:2:1: unknown key zzzz in the file;"
            #expect(mistakes(text).hasPrefix(expected), "\(text)")
        }
    }

    @Test(arguments: [
        ("prepare: {zzzz: 1}", "5:11", "prepare"), ("output: {zzzz: 1}", "5:10", "output"),
        ("noise: {sine: {zzzz: 1}}", "5:16", "noise.sine"),
        (
            "noise: {digits: {placement: [{row: 0, column: 0, zzzz: 1}]}}", "5:50",
            "noise.digits.placement[0]"
        ),
        ("forward: [{blur: {gaussian: 1, zzzz: 1}}]", "5:32", "forward[0].blur"),
        ("forward: [{mask: {center: 1, zzzz: 1}}]", "5:30", "forward[0].mask"),
        ("solver: {bora: {zzzz: 1}}", "5:17", "solver.bora"),
        ("solver: {zzzz: 1}", "5:10", "solver"),
    ])
    func `an unknown key of a setting is refused at its place`(
        _ line: String, _ place: String, _ parent: String
    ) {
        let found = mistakes(jobText("seed: 1\n\(line)\n"))
        #expect(found.hasPrefix("job.yaml:\(place): unknown key zzzz in \(parent);"), "\(found)")
        #expect(!found.contains("\n"), "\(found)")
    }
}
