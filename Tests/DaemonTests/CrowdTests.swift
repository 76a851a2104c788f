import Daemon
import Jobs
import Testing

/// Thousands of jobs at a time: none of them is searched for among the others.
@Suite struct CrowdTests {
    private func record(_ id: Int, _ state: JobState) -> JobRecord {
        JobRecord(id: "job\(id)", name: "n\(id)", state: state, accepted: 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a scheduler of twenty thousand jobs answers at once`() {
        let count = 20_000
        var scheduler = Scheduler(slots: 2, retry: RetryPolicy())
        var effects: [Scheduler.Effect] = []
        for number in 0..<count {
            effects += scheduler.handle(.arrived(record(number, .ready)), at: .zero)
        }
        var started: [String] = []
        // Were every answer a search among all jobs, this would take minutes.
        while let effect = effects.popLast() {
            guard case .start(let record) = effect else { continue }
            started.append(record.id)
            let failed = record.starting().ending(
                .failed(JobFailure(.environment, "disk.full", "")), policy: RetryPolicy())
            effects += scheduler.handle(.ended(failed), at: .zero)
            _ = scheduler.busy
            _ = scheduler.nextWake(after: .zero)
        }
        #expect(Set(started).count == count)
        #expect(scheduler.nextWake(after: .zero) == .seconds(60))
        #expect(scheduler.isWaiting(at: .zero))
    }

    @Test func `a job that stalls comes later and only once`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        let first = record(1, .accepted)
        _ = scheduler.handle(.arrived(first), at: .zero)
        #expect(scheduler.handle(.stalled(id: "job1", "disk full"), at: .zero).isEmpty)
        #expect(scheduler.handle(.tick, at: .seconds(59)).isEmpty)
        #expect(scheduler.handle(.tick, at: .seconds(60)) == [.advance(first)])
        #expect(scheduler.handle(.tick, at: .seconds(600)).isEmpty)
    }

    @Test func `jobs whose end cannot be written down count as waiting when asked`() {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        _ = scheduler.handle(.arrived(record(1, .ready)), at: .zero)
        #expect(!scheduler.isWaiting(at: .zero))
        #expect(scheduler.isWaiting(at: .zero, besides: ["job1"]))
        _ = scheduler.handle(.arrived(record(2, .ready)), at: .zero)
        #expect(!scheduler.isWaiting(at: .zero))
        #expect(scheduler.isWaiting(at: .zero, besides: ["job1"]))
    }
}
