import Jobs
import Testing
import YAML

@Suite struct JobFixtureTests {
    private func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
        try Repository.bytes("Tests/Fixtures/Jobs/\(folder)/\(name).yaml")
    }

    private func reader() -> JobReader {
        JobReader() { (name) throws(JobError) in
            throw JobError(.missing, file: name)
        }
    }

    @Test func `there are fixtures`() {
        #expect(Repository.fixtures("valid").count >= 15)
        #expect(Repository.fixtures("invalid").count >= 25)
    }

    @Test(arguments: Repository.fixtures("valid"))
    func `a valid job is read, and its resolved file is the same job`(_ name: String) throws {
        let reader = reader()
        let spec = try reader.read(bytes("valid", name), file: name)
        #expect(try reader.read(Array(spec.value.yaml.utf8), file: "resolved") == spec)
    }

    @Test(arguments: Repository.fixtures("invalid"))
    func `an invalid job gives the expected messages`(_ name: String) throws {
        let expected = try Repository.text("Tests/Fixtures/Jobs/invalid/\(name).txt")
        let error = #expect(throws: JobError.self) {
            try reader()
                .read(bytes("invalid", name), file: "\(name).yaml")
        }
        #expect((error.map(\.description) ?? "") + "\n" == expected)
    }
}
