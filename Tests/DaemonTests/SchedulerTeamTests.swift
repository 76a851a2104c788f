import Daemon
import Jobs
import Testing

/// Which jobs one worker gets at a time.
@Suite struct SchedulerTeamTests {
    private func record(_ id: Int, kin: String? = "a", pictures: Int = 1) -> JobRecord {
        var record = JobRecord(id: "job\(id)", name: "n\(id)", state: .ready, accepted: 0)
        record.kin = kin
        record.inputs = (0..<pictures).map {
            .init(path: "\($0).png", sha256: "", bytes: 1, inode: 1, modified: 0)
        }
        return record
    }

    /// The teams that start when a worker that was busy with job 0 is free again.
    private func teams(_ records: [JobRecord], slots: Int = 1, share: Int = 4) -> [[String]] {
        var scheduler = Scheduler(slots: slots, share: share, retry: RetryPolicy())
        let blockers = (0..<slots).map { record(1000 + $0, kin: nil) }
        for blocker in blockers { _ = scheduler.handle(.arrived(blocker), at: .zero) }
        for record in records { _ = scheduler.handle(.arrived(record), at: .zero) }
        var teams: [[String]] = []
        var running = blockers
        while !running.isEmpty {
            let ended = running.removeFirst().starting().ending(
                .finished([]), policy: RetryPolicy())
            for effect in scheduler.handle(.ended(ended), at: .zero) {
                switch effect {
                case .start(let record):
                    running.append(record)
                    teams.append([record.id])
                case .startTogether(let records):
                    running += records
                    teams.append(records.map(\.id))
                case .advance, .cancel, .stop: break
                }
            }
        }
        return teams
    }

    @Test func `jobs with the same settings go to one worker, so many at a time`() {
        let teams = teams((1...6).map { record($0) })
        #expect(teams == [["job1", "job2", "job3", "job4"], ["job5", "job6"]])
    }

    @Test func `jobs with other settings, or none to share, go alone and keep their turn`() {
        let records = [
            record(1), record(2), record(3, kin: "b"), record(4), record(5, kin: nil),
            record(6, kin: nil),
        ]
        #expect(
            teams(records) == [["job1", "job2"], ["job3"], ["job4"], ["job5"], ["job6"]])
    }

    @Test func `many pictures make a team of their own`() {
        let records = [record(1, pictures: 40), record(2, pictures: 20), record(3, pictures: 9)]
        #expect(teams(records) == [["job1", "job2"], ["job3"]])
    }

    @Test func `without sharing every job goes alone`() {
        #expect(teams((1...3).map { record($0) }, share: 1) == [["job1"], ["job2"], ["job3"]])
    }

    @Test func `workers that are free share the jobs that wait`() {
        var scheduler = Scheduler(slots: 2, share: 8, retry: RetryPolicy())
        let drained = record(1)
        var effects = scheduler.handle(.arrived(drained), at: .zero)
        effects += scheduler.handle(.arrived(record(2)), at: .zero)
        #expect(effects == [.start(drained), .start(record(2))])
        for number in 3...6 { _ = scheduler.handle(.arrived(record(number)), at: .zero) }
        let ended = drained.starting().ending(.finished([]), policy: RetryPolicy())
        let next = scheduler.handle(.ended(ended), at: .zero)
        #expect(next.contains(.startTogether((3...6).map { record($0) })))
    }

    @Test func `a worker is free when all of its jobs have ended`() {
        var scheduler = Scheduler(slots: 1, share: 4, retry: RetryPolicy())
        _ = scheduler.handle(.arrived(record(0, kin: nil)), at: .zero)
        for number in 1...5 { _ = scheduler.handle(.arrived(record(number)), at: .zero) }
        func end(_ number: Int, kin: String? = "a") -> [Scheduler.Effect] {
            scheduler.handle(
                .ended(
                    record(number, kin: kin).starting()
                        .ending(.finished([]), policy: RetryPolicy())), at: .zero)
        }
        _ = end(0, kin: nil)
        for number in 1...3 {
            #expect(!end(number).contains { if case .start = $0 { true } else { false } })
        }
        #expect(end(4).contains(.start(record(5))))
    }

    @Test func `a job whose worker ended early is tried alone`() {
        var scheduler = Scheduler(slots: 1, share: 4, retry: RetryPolicy())
        _ = scheduler.handle(.arrived(record(0, kin: nil)), at: .zero)
        let failure = JobFailure(.resource, "worker.crashed", "")
        let disturbed = (1...2).map {
            record($0).starting().ending(.disturbed(failure), policy: RetryPolicy())
        }
        for record in disturbed + [record(3), record(4)] {
            _ = scheduler.handle(.arrived(record), at: .zero)
        }
        let ended = record(0, kin: nil).starting().ending(.finished([]), policy: RetryPolicy())
        #expect(scheduler.handle(.ended(ended), at: .zero).contains(.start(disturbed[0])))
        #expect(disturbed.allSatisfy { $0.state == .ready && $0.faults == 0 && $0.kills == 0 })
    }
}
