import Daemon
import Foundation
import Jobs
import TestSupport
import Testing

/// Jobs of which nothing is there cost little, and are treated like all others.
@Suite struct WaitingRoomTests {
    private let disk = SimulatedDisk()
    private let job = Submission(name: FileName("job.yaml"), isFolder: false)

    /// Understands jobs as `PlainInspector` does, but wants to see another file each time, so that
    /// nothing is remembered and no job comes into the waiting room.
    private struct CuriousInspector: JobInspecting {
        func inspect(
            _ content: [UInt8], name: String, isFolder: Bool, defaults: (String) -> [UInt8]?
        ) throws(JobFailure) -> JobNeeds {
            _ = defaults("other.yaml")
            return try PlainInspector().inspect(
                content, name: name, isFolder: isFolder, defaults: defaults)
        }
    }

    private func put(_ name: String, _ text: String = "picture") throws {
        let path = Layout.inbox / name
        if try disk.exists(path) { try disk.remove(path) }
        try disk.create(path, holding: Array(text.utf8))
    }

    private func doorkeeper(_ inspector: any JobInspecting = PlainInspector()) -> Doorkeeper {
        Doorkeeper(files: disk, inspector: inspector)
    }

    /// The keeper of a disk with an empty Inbox, to which every file is still.
    private func keeper(_ inspector: any JobInspecting) async throws -> Keeper {
        let spool = Spool(
            files: disk, inspector: inspector, settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in "20260101-000000-000001" })
        let keeper = Keeper(
            spool: spool,
            doorkeeper: Doorkeeper(
                files: disk, inspector: inspector, patience: Patience(quiet: .zero)))
        _ = try await keeper.recover()
        return keeper
    }

    /// The one job that can begin, with its pictures copied.
    private func accepted(by keeper: Keeper) async throws -> JobRecord {
        let first = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        let probe = try #require(first.review.probes.first)
        await keeper.remember(.bad([]), of: probe)
        let second = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        let record = try #require(second.accepted.first)
        return try #require(try await keeper.advance(record))
    }

    /// Lets a job fail, and publishes that.
    private func close(_ record: JobRecord, _ keeper: Keeper) async throws {
        let failure = JobFailure(.job, "job.invalid", "it is bad")
        var left: JobRecord? = try await keeper.end(
            keeper.begin(record), AttemptReport(.failed(failure)))
        while let record = left { left = try await keeper.advance(record) }
    }

    /// What is told of the Inbox at some time, pictures being whole.
    private func told(_ doorkeeper: inout Doorkeeper, _ seconds: Int) throws -> [String] {
        var review = try doorkeeper.look(at: .seconds(seconds))
        for decision in review.decisions {
            guard case .probe(let request) = decision.verdict else { continue }
            doorkeeper.remember([], of: request)
        }
        review = try doorkeeper.look(at: .seconds(seconds))
        let decided: [String] = review.decisions.compactMap { decision in
            let name = decision.submission.name.text
            return switch decision.verdict {
            case .waiting(let reasons, _, _): "\(name) waits: \(reasons)"
            case .complete: "\(name) is complete"
            case .accept(let failure): "\(name) goes: \(failure?.message ?? "whole")"
            case .settling(let until): "\(name) settles until \(until)"
            case .probe, .refused, .gone, .absent: "\(name) ?"
            }
        }
        let absent = review.waitingRoom.told.map { "\($0.name) waits: \($0.waitsFor)" }
        return (decided + absent + review.strays.map { "\($0.name) is a stray" }).sorted()
    }

    @Test(arguments: 0..<40) func `all is told and done as without the room`(
        _ seed: UInt64
    ) throws {
        try disk.createFolder(Layout.inbox)
        var plain = doorkeeper()
        var curious = doorkeeper(CuriousInspector())
        var chance = SeededGenerator(seed: seed)
        let names = ["a.yaml", "b.yaml", "c.yaml", "p.png", "q.png", ".r.png"]
        let jobs = ["p.png", "q.png p.png", ".r.png", "q.png", "bad", "nothing"]
        var time = 0
        var waits = 0
        for _ in 0..<150 {
            let name = try #require(names.randomElement(using: &chance))
            switch Int.random(in: 0..<4, using: &chance) {
            case 0 where try disk.exists(Layout.inbox / name):
                try disk.remove(Layout.inbox / name)
            case 1, 2:
                let job = try #require(jobs.randomElement(using: &chance))
                try put(name, name.hasSuffix(".yaml") ? job : "picture \(time)")
            default: break
            }
            time += Int.random(in: 0...300, using: &chance) / (seed % 2 == 0 ? 100 : 1)
            let expected = try told(&curious, time)
            #expect(try told(&plain, time) == expected)
            waits += plain.waitingRoom.count
        }
        #expect(waits > 0 && curious.waitingRoom.count == 0)
    }

    @Test func `a job in the room is not read again, and others go on`() throws {
        try disk.createFolder(Layout.inbox)
        var doorkeeper = doorkeeper()
        try put("job.yaml", "a.png")
        _ = try doorkeeper.look(at: .zero)
        let review = try doorkeeper.look(at: .seconds(2))
        #expect(review.decisions.isEmpty && review.waitingRoom.count == 1)
        #expect(review.nextLook(after: .seconds(2)) == .seconds(600))
        // Its content cannot be read any more, which nobody notices.
        disk.lock(Layout.inbox / "job.yaml", .unreadable)
        #expect(try doorkeeper.look(at: .seconds(4)).waitingRoom.count == 1)
        disk.lock(Layout.inbox / "job.yaml", nil)
        try put("other.yaml", "nothing")
        _ = try doorkeeper.look(at: .seconds(5))
        #expect(
            try told(&doorkeeper, 7) == [
                "job.yaml waits: [\"a.png is missing\"]", "other.yaml goes: whole",
            ])
    }

    @Test func `a picture that a job in the room names is not removed with another job`()
        async throws
    {
        let keeper = try await keeper(PlainInspector())
        try disk.createFolder(Layout.inbox / "away")
        try put("one.yaml", "p.png")
        try put("p.png")
        let record = try await accepted(by: keeper)
        // Meanwhile the picture is moved away, a second job that needs it comes, and it is moved back.
        try disk.rename(
            Layout.inbox / "p.png", to: Layout.inbox / "away" / "p.png", replacing: false)
        try put("two.yaml", "p.png")
        let second = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(second.review.waitingRoom.count == 1)
        try disk.rename(
            Layout.inbox / "away" / "p.png", to: Layout.inbox / "p.png", replacing: false)
        try await close(record, keeper)
        #expect(try disk.exists(Layout.inbox / "p.png"))
    }

    /// Understands jobs as `PlainInspector` does, once `other.yaml` is there.
    private struct DependentInspector: JobInspecting {
        func inspect(
            _ content: [UInt8], name: String, isFolder: Bool, defaults: (String) -> [UInt8]?
        ) throws(JobFailure) -> JobNeeds {
            guard defaults("d/other.yaml") != nil || !content.starts(with: Array("q".utf8)) else {
                return JobNeeds(others: ["d/other.yaml"], isPartial: true)
            }
            return try PlainInspector().inspect(
                content, name: name, isFolder: isFolder, defaults: defaults)
        }
    }

    @Test func `a job whose defaults are missing keeps every picture that it may name`()
        async throws
    {
        let keeper = try await keeper(DependentInspector())
        try put("waits.yaml", "q.png p.png")
        try put("goes.yaml", "p.png")
        try put("p.png")
        let record = try await accepted(by: keeper)
        try await close(record, keeper)
        #expect(try disk.exists(Layout.inbox / "p.png"))
        let review = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0).review
        #expect(review.strays.isEmpty)
    }

    @Test func `a job that leaves the room has waited since it came`() async throws {
        let keeper = try await keeper(PlainInspector())
        try put("job.yaml", "a.png b.png")
        var metrics = Metrics()
        func oldest(at seconds: Int) async throws -> Double? {
            let now = Duration.seconds(seconds)
            metrics.note(try await keeper.admit(at: now, mayAccept: true, reserve: 0), at: now)
            let moment = Metrics.Moment(now: now, date: 160, started: 90)
            let scheduler = Scheduler(slots: 0, retry: RetryPolicy())
            return try MetricsReading(metrics.text(scheduler, Tally(), at: moment))
                .values["sluice_oldest_waiting_seconds"]
        }
        _ = try await oldest(at: 0)
        #expect(try await oldest(at: 30) == 30)
        try put("a.png")
        _ = try await oldest(at: 40)
        #expect(try await oldest(at: 50) == 50)
    }

    @Test func `the status of very many is the same text`() throws {
        var status = StatusDocument(
            activity: .running, pid: 1, started: 0, updated: 1,
            watching: "\n  \"waiting\" : [\n\n  ]")
        status.warnings = ["\"waiting\" : []"]
        for count in [0, 1000, 1001, 2500] {
            status.waiting = (0..<count).map {
                .init(name: "job\($0)\n.yaml", waitsFor: ["a/\"\($0)\".png is missing", "{", "]"])
            }
            status.queue = (0..<count / 2 * 3).map {
                .init(
                    id: "\($0)", name: "\"queue\" : [", state: .ready, attempts: $0,
                    waitsFor: nil, progress: nil)
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let whole = Array(try encoder.encode(status)) + [UInt8(ascii: "\n")]
            #expect(try StatusText.bytes(of: status) == whole)
        }
    }
}
