import Jobs
import Testing
import YAML

@Suite struct JobFuzzTests {
    /// Damages `bytes` in one to eight places.
    private func damaged(_ bytes: [UInt8], _ generator: inout SplitMix) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(Array("&*!{}[]:#-\t\"'|>%".utf8)[place % 16], at: place)
            case 3: bytes.removeSubrange(place..<min(place + 9, bytes.count))
            default: bytes += bytes[place...].prefix(40)
            }
        }
        return bytes
    }

    @Test func `2000 seeded damages give jobs or messages, never a crash`() throws {
        let names = Repository.fixtures("valid")
        let jobs = try names.map { try Repository.bytes("Tests/Fixtures/Jobs/valid/\($0).yaml") }
        let reader = JobReader(policy: .confined(datasets: [], models: [])) {
            (name) throws(JobError) in
            throw JobError(.missing, file: name)
        }
        var generator = SplitMix(seed: 11)
        for round in 0..<2000 {
            let bytes = damaged(jobs[round % jobs.count], &generator)
            do throws(JobError) {
                let spec = try reader.read(bytes, file: "f")
                #expect(try reader.read(Array(spec.value.yaml.utf8), file: "again") == spec)
            } catch {
                #expect(!error.issues.isEmpty)
                #expect(error.issues.allSatisfy { !$0.description.contains("\n") })
            }
        }
    }
}
