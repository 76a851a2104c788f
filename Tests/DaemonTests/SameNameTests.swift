import Daemon
import Jobs
import Testing

/// Folders of one name, of which the second comes while the first is a job.
@Suite struct SameNameTests {
    private let disk = SimulatedDisk()
    private let id = "20260101-000000-000001"
    private let submission = Submission(name: FileName("scan"), isFolder: true)

    private func spool(keepsInputs: Bool) -> Spool {
        Spool(
            files: disk, inspector: PlainInspector(),
            settings: SpoolSettings(keepsInputs: keepsInputs), now: { 1e9 },
            identify: { [id] _ in id })
    }

    /// Takes the first folder, with a job file, and lets another one come.
    private func accept(_ text: String = "*", keepsInputs: Bool = false) throws -> JobRecord {
        try disk.fillInbox(["scan/job.yaml": text, "scan/a.png": "picture a"])
        let spool = spool(keepsInputs: keepsInputs)
        _ = try spool.recover()
        let record = try #require(try spool.accept(submission))
        if !keepsInputs { try disk.createFolder(Layout.inbox / "scan") }
        try disk.create(Layout.inbox / "scan" / "b.png", holding: Array("picture b".utf8))
        return record
    }

    private func inputs(_ record: JobRecord, keepsInputs: Bool = false) throws -> [String]? {
        try spool(keepsInputs: keepsInputs).advance(record)?.inputs.map(\.path)
    }

    @Test(arguments: [false, true])
    func `a pattern takes nothing of the other one in, whatever the setting is by then`(
        _ keepsInputs: Bool
    ) throws {
        #expect(try inputs(accept(), keepsInputs: keepsInputs) == ["a.png"])
        #expect(try disk.text(of: Layout.inbox / "scan" / "b.png") == "picture b")
    }

    @Test(arguments: [false, true])
    func `nor does one that is read after a crash`(_ keepsInputs: Bool) throws {
        _ = try accept()
        let recovered = try spool(keepsInputs: keepsInputs).recover()
        #expect(recovered.map(\.origin) == [.folder])
        #expect(try inputs(#require(recovered.first), keepsInputs: keepsInputs) == ["a.png"])
    }

    @Test func `a picture that is named and gone is not taken from the other one`() throws {
        let record = try accept("a.png b.png")
        let next = try #require(try spool(keepsInputs: false).advance(record))
        guard case .failing(let failure) = next.state else {
            Issue.record("\(next.state)")
            return
        }
        #expect(failure.file == "b.png")
    }

    @Test(arguments: [false, true])
    func `where pictures stay, they are found there, whatever the setting is by then`(
        _ keepsInputs: Bool
    ) throws {
        let record = try accept(keepsInputs: true)
        #expect(record.origin == .left)
        #expect(try inputs(record, keepsInputs: keepsInputs) == ["a.png", "b.png"])
    }

    @Test(arguments: [false, true])
    func `also after a crash that came before a record`(_ keepsInputs: Bool) throws {
        _ = try accept(keepsInputs: true)
        let recovered = try spool(keepsInputs: keepsInputs).recover()
        #expect(recovered.map(\.origin) == [.left])
        let record = try #require(recovered.first)
        #expect(try inputs(record, keepsInputs: keepsInputs) == ["a.png", "b.png"])
    }

    @Test func `where a record does not say how its job came, the setting does`() throws {
        var record = try accept()
        record.origin = nil
        #expect(try inputs(record) == ["a.png"])
    }
}
