import Jobs
import Testing
import YAML

@Suite struct SlurmConfigurationTests {
    private func read(_ slurm: String) throws(JobError) -> ExecutorSpec {
        let text = "executor: {slurm: \(slurm)}"
        return try SpecReader(ConfigurationSpec.rule).read(Array(text.utf8), file: "sluice.yaml")
            .executor
    }

    @Test func `every key is read and written back`() throws {
        let slurm = SlurmExecutorSpec(
            partition: "gpu,long", time: .seconds(7200), gres: "gpu:a100:2", cpus: 4,
            memory: .gibibytes(8), account: "lab", qos: "normal",
            extra: ["--constraint=a100&ib", "--exclusive"], device: .cuda, jobs: 3,
            check: .seconds(30))
        let spec = ConfigurationSpec(executor: .slurm(slurm))
        let text = Array(spec.value.yaml.utf8)
        #expect(try SpecReader(ConfigurationSpec.rule).read(text, file: "x") == spec)
    }

    @Test func `the bare word takes every default`() throws {
        let text = Array("executor: slurm\n".utf8)
        let spec = try SpecReader(ConfigurationSpec.rule).read(text, file: "x")
        #expect(spec.executor == .slurm(SlurmExecutorSpec()))
    }

    @Test(arguments: [
        "{partition: 'a b'}", "{partition: '-x'}", "{partition: \"a\\n\"}", "{partition: '$(id)'}",
        "{gres: 'gpu:1;true'}", "{account: ''}", "{qos: '`id`'}", "{time: 5 s}", "{cpus: 0}",
        "{extra: ['--output=/etc/passwd']}", "{extra: ['--wrap=id']}", "{extra: ['-p', 'x']}",
        "{extra: ['--constraint=a b']}", "{extra: ['--constraint=']}", "{extra: ['--job-name=x']}",
        "{extra: ['--requeue']}", "{extra: --exclusive}", "{partitions: x}", "{memory: 5}",
    ])
    func `what would mean something else to Slurm is refused`(_ slurm: String) {
        #expect(throws: JobError.self) { try read(slurm) }
    }

    @Test func `two executors are one too many`() throws {
        let text = Array("executor: {local: {}, slurm: {}}\n".utf8)
        #expect(throws: JobError.self) {
            try SpecReader(ConfigurationSpec.rule).read(text, file: "x")
        }
    }
}
