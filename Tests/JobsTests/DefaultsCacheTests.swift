import Jobs
import Testing

/// What is read once for many jobs is what each would have read.
@Suite struct DefaultsCacheTests {
    @Test func `each job has the defaults that it names, as they are`() throws {
        let cache = DefaultsCache()
        let texts = ["seed: 1\n", "seed: 1\n", "seed: 2\n", "seed: [\n", "seed: 1\n"]
        let seeds = texts.map { text in
            let reader = JobReader(cache: cache) { (_) throws(JobError) in Array(text.utf8) }
            let job = "version: 1\nimages: a.png\nprior: mnist\ndefaults: lab.yaml\n"
            return try? reader.read(Array(job.utf8), file: "job.yaml").seed
        }
        #expect(seeds == [1, 1, 2, nil, 1])
    }

    @Test func `mistakes are told with the name that the job uses`() {
        let cache = DefaultsCache()
        for name in ["one.yaml", "two.yaml"] {
            let reader = JobReader(cache: cache) { (_) throws(JobError) in Array("sead: 1\n".utf8) }
            let job = "version: 1\nimages: a.png\nprior: mnist\ndefaults: \(name)\n"
            let error = #expect(throws: JobError.self) {
                try reader.read(Array(job.utf8), file: "job.yaml")
            }
            #expect(error?.description.contains(name) == true)
        }
    }
}
