import Daemon
import Jobs
import Testing

/// What becomes of pictures over which the worker is killed.
@Suite struct KilledOverPicturesTests {
    private let disk = SimulatedDisk()
    private let other = Submission(name: FileName("other.yaml"), isFolder: false)

    private func doorkeeper() throws -> Doorkeeper {
        try disk.fillInbox(["job.yaml": "a.png", "a.png": "a picture"])
        return Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .seconds(2)))
    }

    private func verdict(_ doorkeeper: inout Doorkeeper, _ seconds: Double) throws -> Verdict? {
        try doorkeeper.look(at: .seconds(seconds)).decisions.first?.verdict
    }

    /// The time of each try at pictures over which the worker is killed, for as long as they are tried.
    private func tries(
        _ doorkeeper: inout Doorkeeper, besideOthers: Bool
    ) throws -> [Int] {
        var tries: [Int] = []
        for second in 2..<200 {
            while case .probe(let request) = try verdict(&doorkeeper, Double(second)) {
                tries.append(second)
                doorkeeper.rememberKill("it was killed", of: request)
                let other = ProbeRequest(submission: other, pictures: request.pictures)
                if besideOthers { doorkeeper.remember([], of: other) }
            }
        }
        return tries
    }

    @Test func `pictures over which the worker is killed are tried with pauses, and fail`() throws {
        var doorkeeper = try doorkeeper()
        _ = try verdict(&doorkeeper, 0)
        #expect(try tries(&doorkeeper, besideOthers: true) == [2, 2, 2, 4, 8, 16, 32, 64])
        guard case .accept(let failure) = try verdict(&doorkeeper, 200) else {
            Issue.record("it waits for ever")
            return
        }
        #expect(failure?.code == "picture.unreadable")
        #expect(failure?.message == "a.png: it was killed, 8 times")
        // Another picture is not to blame.
        try disk.removeTree(Layout.inbox / "a.png")
        try disk.create(Layout.inbox / "a.png", holding: Array("another picture".utf8))
        _ = try verdict(&doorkeeper, 300)
        guard case .probe = try verdict(&doorkeeper, 302) else {
            Issue.record("it is not tried")
            return
        }
    }

    @Test func `where no pictures get an answer they are not at fault, and tried without end`()
        throws
    {
        var doorkeeper = try doorkeeper()
        _ = try verdict(&doorkeeper, 0)
        #expect(
            try tries(&doorkeeper, besideOthers: false)
                == [2, 2, 2, 4, 8, 16, 32, 64, 124, 184])
        guard case .waiting(let reasons, _, _) = try verdict(&doorkeeper, 200) else {
            Issue.record("it does not wait")
            return
        }
        #expect(reasons == ["a.png: it was killed; it is tried again"])
    }
}
