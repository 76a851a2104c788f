import Foundation
import Jobs
import Testing
import YAML

@Suite struct ConfigurationTests {
    private func read(_ text: String) throws(JobError) -> ConfigurationSpec {
        try SpecReader(ConfigurationSpec.rule).read(Array(text.utf8), file: "sluice.yaml")
    }

    private func mistakes(_ text: String) -> String {
        do throws(JobError) {
            _ = try read(text)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `the configuration that comes along states the defaults`() throws {
        let bytes = try Repository.bytes("etc/sluice.yaml")
        let read = try SpecReader(ConfigurationSpec.rule).read(bytes, file: "sluice.yaml")
        #expect(read == ConfigurationSpec(root: ".."))
    }

    @Test func `every key is read and written back`() throws {
        let spec = ConfigurationSpec(
            root: "/srv", settle: .milliseconds(1500), poll: .seconds(60),
            inputTimeout: .seconds(3600), drain: .zero,
            executor: .local(
                LocalExecutorSpec(
                    workers: 2, threads: 3, device: .cuda, jobsPerWorker: 4,
                    jobsPerBatch: 5, memory: ByteCount(bytes: 5_000_000))),
            timeLimit: .seconds(86400), attempts: 3, reserve: ByteCount(bytes: 7),
            picturesPerJob: 8, datasets: [], models: ["a", "b c"], inputs: .keep,
            keepWork: .seconds(90), metrics: "/m/sluice.prom", onSuccess: "tell", onFailure: "/t",
            hookTimeLimit: .seconds(5))
        #expect(try read(spec.value.yaml) == spec)
        #expect(spec.value["settle"] == "1500 ms")
        #expect(spec.value["executor"]?["local"]?["memory"] == "5 MB")
    }

    @Test(arguments: [
        ("500 ms", 500), ("2s", 2000), ("10 min", 600_000), ("6 h", 21_600_000), ("0 s", 0),
    ])
    func `times have units`(_ text: String, _ milliseconds: Int) throws {
        #expect(try read("drain: \(text)").drain == .milliseconds(milliseconds))
    }

    @Test(arguments: ["2", "2 seconds", "-1 s", "1.5 h", "s", "99999999999999999999 s", "25 h"])
    func `what is no time in range is refused`(_ text: String) {
        let found = mistakes("drain: \(text)")
        #expect(found.hasPrefix("sluice.yaml:1:8: drain is \(text); write a time from 0 s to 1 d"))
    }

    @Test(arguments: [
        ("1 GiB", 1 << 30), ("500 MB", 500_000_000), ("3B", 3), ("2 KiB", 2048), ("0 B", 0),
    ])
    func `sizes have units`(_ text: String, _ bytes: Int) throws {
        #expect(try read("reserve: \(text)").reserve == ByteCount(bytes: bytes))
    }

    @Test func `all mistakes are reported at once`() {
        let found = mistakes(
            """
            reserve: 5
            atempts: 2
            executor: {local: {workers: 0, threads: all}}
            inputs: delete
            models: Models
            """)
        #expect(
            found == """
                sluice.yaml:1:10: reserve is 5; write a size such as 500 MB or 1 GiB
                sluice.yaml:2:1: unknown key atempts in the file; did you mean attempts?
                sluice.yaml:3:29: executor.local.workers is 0; write a whole number from 1 to 1024
                sluice.yaml:3:41: executor.local.threads is all; \
                write a whole number from 1 to 1024, or auto
                sluice.yaml:4:9: inputs is delete; write move or keep
                sluice.yaml:5:9: models is Models; write a list of 0 to 64 folders
                """)
    }
}
