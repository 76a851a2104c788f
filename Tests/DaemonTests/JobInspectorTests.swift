import Daemon
import Jobs
import Testing

@Suite struct JobInspectorTests {
    private let inspector = JobInspector(
        policy: .confined(datasets: ["/data"], models: ["/models"]))

    private func inspect(
        _ job: String, isFolder: Bool = false, defaults: (String) -> [UInt8]? = { _ in nil }
    ) throws(JobFailure) -> JobNeeds {
        try inspector.inspect(
            Array(job.utf8), name: "a.yaml", isFolder: isFolder, defaults: defaults)
    }

    @Test func `pictures of all kinds are needed, models are not`() throws {
        let needs = try inspect(
            """
            version: 1
            images: [a.png, b/c.png]
            given: truth
            noise: {digits: {model: mnist, amplitude: 0.5, placement: known, pictures: [d/1.png]}}
            prior: faces64
            """)
        #expect(needs.pictures == ["a.png", "b/c.png", "d/1.png"])
        #expect(needs.others.isEmpty)
    }

    @Test func `names that look the same are two pictures`() throws {
        let needs = try inspect("version: 1\nimages: [e\u{301}.png, \u{E9}.png]\nprior: mnist\n")
        #expect(needs.files.map { Array($0.utf8).count } == [7, 6])
    }

    @Test func `a pattern is for folders`() throws {
        let job = "version: 1\nimages: \"*.png\"\nprior: mnist\n"
        #expect(try inspect(job, isFolder: true).patterns.map(\.text) == ["*.png"])
        let failure = #expect(throws: JobFailure.self) { try inspect(job) }
        #expect(failure?.code == "job.invalid")
    }

    @Test func `a folder with a pattern is kin to a job that names its pictures`() throws {
        let pattern = try inspect("version: 1\nimages: \"*.png\"\nprior: mnist\n", isFolder: true)
        let named = try inspect("version: 1\nimages: [a.png]\nprior: mnist\n")
        #expect(pattern.kinship != nil && pattern.kinship == named.kinship)
    }

    @Test func `a mistake is reported with its place`() {
        let failure = #expect(throws: JobFailure.self) {
            try inspect("version: 1\nimages: [a.png]\nprior: mnist\nnoize: none\n")
        }
        #expect(failure?.line == 4)
        #expect(failure?.file == "a.yaml")
    }

    @Test func `defaults are needed like a picture`() throws {
        let job = "version: 1\nimages: [a.png]\ndefaults: common/lab.yaml\n"
        #expect(try inspect(job).others == ["common/lab.yaml"])
        let needs = try inspect(job, defaults: { _ in Array("prior: mnist\n".utf8) })
        #expect(needs.files == ["a.png", "common/lab.yaml"])
    }

    @Test(arguments: ["lab.yaml", "LAB.YML"])
    func `defaults beside a job would be a job of their own`(_ path: String) throws {
        let job = "version: 1\nimages: [a.png]\ndefaults: \(path)\n"
        let lab = Array("prior: mnist\n".utf8)
        // Whether they have come or not: nobody waits for what is taken away when it comes.
        for content in [lab, nil] {
            let failure = #expect(throws: JobFailure.self) {
                try inspect(job, defaults: { _ in content })
            }
            #expect(failure?.code == "job.invalid")
            #expect(failure?.message.contains("\(path) lies beside the job") == true)
            #expect(failure?.hint?.contains("defaults: common/") == true)
        }
        #expect(try inspect(job, isFolder: true, defaults: { _ in lab }).others == [path])
    }

    @Test func `defaults that the daemon takes for no job may lie beside the job`() throws {
        let job = "version: 1\nimages: [a.png]\ndefaults: .lab.yaml\n"
        let needs = try inspect(job, defaults: { _ in Array("prior: mnist\n".utf8) })
        #expect(needs.others == [".lab.yaml"])
    }

    @Test func `a file that may be the defaults of others is told where they belong`() {
        let place = "defaults: common/lab.yaml"
        let failure = #expect(throws: JobFailure.self) { try inspect("prior: mnist\n") }
        #expect(failure?.description.contains(place) == true)
        let job = #expect(throws: JobFailure.self) {
            try inspect("version: 1\nimages: [a.png]\nnoize: none\n")
        }
        #expect(job?.description.contains(place) == false)
    }

    @Test(arguments: ["../a.png", "/a.png"])
    func `a path out of the folder is a mistake`(_ path: String) {
        #expect(throws: JobFailure.self) {
            try inspect("version: 1\nimages: [\(path)]\nprior: mnist\n")
        }
    }
}
