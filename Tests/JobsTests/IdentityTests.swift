import Jobs
import Testing

@Suite struct IdentityTests {
    @Test(arguments: ["a", "scan 1", "été", "-x", "a--b", "x.y"])
    func `a name is that of its file`(_ name: String) {
        #expect(JobName(name)?.text == name)
        #expect(JobName(fileName: name + ".yaml")?.text == name)
        #expect(JobName(fileName: name + ".yml")?.text == name)
        #expect(JobName(fileName: name + ".YAML")?.text == name)
    }

    @Test(arguments: [
        "", ".hidden", "a/b", "a\nb", "a\u{0}", "a\u{2028}b", ".\u{301}x",
        String(repeating: "é", count: 101),
    ])
    func `what cannot be a name is refused`(_ name: String) {
        #expect(JobName(name) == nil)
    }

    @Test func `the job of a folder is called so in small or capital letters`() {
        #expect(["job.yaml", "job.yml", "JOB.YAML", "Job.Yml"].allSatisfy(JobName.isJobFile))
        #expect(
            !["a.yaml", "job", "job.yaml.yaml", ".yaml", ""].contains(where: JobName.isJobFile))
    }

    @Test(arguments: ["a.txt", "a", ".yaml", "yaml"])
    func `other files are no jobs`(_ file: String) {
        #expect(JobName(fileName: file) == nil)
    }

    @Test(
        arguments: [
            (0, "19700101-000000"), (951_782_400, "20000229-000000"),
            (1_769_903_999, "20260131-235959"), (4_107_542_399, "21000228-235959"),
            (253_402_300_799, "99991231-235959"), (-5, "19700101-000000"),
            (Int64.max, "99991231-235959"),
        ])
    func `an identifier begins with the time`(_ seconds: Int64, _ time: String) throws {
        var generator = SplitMix(seed: 1)
        let identifier = JobIdentifier(secondsSince1970: seconds, using: &generator)
        #expect(identifier.text.hasPrefix(time + "-"))
        #expect(JobIdentifier(identifier.text) == identifier)
    }

    @Test func `identifiers of one second differ`() {
        var generator = SplitMix(seed: 1)
        let all = (0..<1000).map { _ in
            JobIdentifier(secondsSince1970: 0, using: &generator).text
        }
        #expect(Set(all).count == 1000)
    }

    @Test func `identifiers of one second grow, one after the other`() throws {
        var generator = SplitMix(seed: 1)
        var all: [JobIdentifier] = []
        for _ in 0..<5000 {
            all.append(
                JobIdentifier(secondsSince1970: 99, after: all.last, using: &generator))
        }
        #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
        #expect(all.allSatisfy { JobIdentifier($0.text) == $0 })
        let last = try #require(JobIdentifier("19700101-000139-ffffff"))
        let next = JobIdentifier(secondsSince1970: 99, after: last, using: &generator)
        #expect(next == last)
        #expect(JobIdentifier(secondsSince1970: 100, after: last, using: &generator) > last)
    }

    @Test(arguments: ["", "20260131-235959", "20260131-235959-3F9a0c", "2026013-2359590-3f9a0c"])
    func `what is no identifier is refused`(_ text: String) {
        #expect(JobIdentifier(text) == nil)
    }

    @Test(arguments: ["a--20260131-235959-3f9a0c", "a--b--20260131-235959-3f9a0c.failed"])
    func `the name of a result is read back`(_ directory: String) throws {
        let result = try #require(ResultName(directory))
        #expect(result.description == directory)
        #expect(result.hasFailed == directory.hasSuffix(".failed"))
    }

    @Test func `a failure is told by the end of its name, whatever stands before`() {
        #expect(ResultName.isFailure("a\u{2028}b--20260131-235959-3f9a0c.failed"))
        #expect(!ResultName.isFailure("a.failed--20260131-235959-3f9a0c"))
    }

    @Test(arguments: ["a-20260131-235959-3f9a0c", "--20260131-235959-3f9a0c", "a", ".tmp"])
    func `other directories are no results`(_ directory: String) {
        #expect(ResultName(directory) == nil)
    }

    @Test func `pictures keep their names where these differ`() {
        #expect(PictureNames.names(for: ["a.png", "b/c.jpeg"]) == ["a", "c"])
        #expect(PictureNames.names(for: ["a/x.png", "b/x.png"]) == ["a-x", "b-x"])
        #expect(PictureNames.names(for: ["x.png", "x.jpg", "X.npy"]) == ["x", "x-2", "X-3"])
        #expect(
            PictureNames.names(for: ["../x.png", "a-x.png", "a/x.png"]) == ["x", "a-x", "a-x-2"])
        #expect(PictureNames.names(for: [".png", "..."]) == [".png", ".."])
    }
}
