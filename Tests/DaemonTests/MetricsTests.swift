import Daemon
import Jobs
import Testing

@Suite struct MetricsTests {
    private func record(_ id: String, _ state: JobState, accepted: Double = 100) -> JobRecord {
        JobRecord(id: id, name: "job", state: state, accepted: accepted)
    }

    private func reading(
        _ metrics: Metrics, jobs: [JobRecord] = [], slots: Int = 0, tally: Tally = Tally()
    ) throws -> MetricsReading {
        var scheduler = Scheduler(slots: slots, retry: RetryPolicy())
        for job in jobs { _ = scheduler.handle(.arrived(job), at: .zero) }
        let moment = Metrics.Moment(now: .seconds(50), date: 160, started: 90)
        return try MetricsReading(metrics.text(scheduler, tally, at: moment))
    }

    @Test func `a daemon that has done nothing tells zeros`() throws {
        let found = try reading(Metrics())
        #expect(found.types.keys.allSatisfy { $0.hasPrefix("sluice_") })
        #expect(found.types["sluice_jobs_total"] == "counter")
        #expect(found.values["sluice_start_time_seconds"] == 90)
        #expect(found.values[#"sluice_jobs_total{result="failed"}"#] == 0)
        #expect(found.values["sluice_oldest_waiting_seconds"] == 0)
        #expect(found.values["sluice_job_duration_seconds_count"] == 0)
    }

    @Test func `results and durations are counted`() throws {
        var metrics = Metrics()
        metrics.notePublication(of: record("1", .accepted), hasFailed: false, date: 100.4)
        var odd = record("2", .accepted)
        odd.remarks = .init(count: 1, first: "odd")
        metrics.notePublication(of: odd, hasFailed: false, date: 103)
        metrics.notePublication(of: record("3", .accepted), hasFailed: true, date: 100_000)
        // How long one took that an earlier daemon has published, nobody knows.
        metrics.notePublication(of: record("0", .accepted), hasFailed: true, date: nil)
        metrics.noteEnd(record("4", .ready), at: .seconds(3))
        metrics.noteEnd(record("4", .sealing(attempt: 2)), at: .seconds(4))
        let values = try reading(metrics).values
        #expect(values[#"sluice_jobs_total{result="finished"}"#] == 2)
        #expect(values[#"sluice_jobs_total{result="failed"}"#] == 2)
        #expect(values["sluice_jobs_with_warnings_total"] == 1)
        #expect(values[#"sluice_attempts_total{outcome="finished"}"#] == 1)
        #expect(values[#"sluice_attempts_total{outcome="repeated"}"#] == 1)
        let name = "sluice_job_duration_seconds"
        #expect(values[name + #"_bucket{le="0.1"}"#] == 0)
        #expect(values[name + #"_bucket{le="0.5"}"#] == 1)
        #expect(values[name + #"_bucket{le="5"}"#] == 2)
        #expect(values[name + #"_bucket{le="43200"}"#] == 2)
        #expect(values[name + #"_bucket{le="+Inf"}"#] == 3)
        #expect(values[name + "_count"] == 3)
        #expect(abs((values[name + "_sum"] ?? 0) - 99903.4) < 1e-6)
    }

    @Test func `the queue is told with the time of the oldest job`() throws {
        let jobs = [record("1", .ready, accepted: 130), record("2", .ready, accepted: 150)]
        var values = try reading(Metrics(), jobs: jobs).values
        #expect(values[#"sluice_jobs{state="queued"}"#] == 2)
        #expect(values["sluice_oldest_waiting_seconds"] == 30)
        values = try reading(Metrics(), jobs: jobs, slots: 1).values
        #expect(values[#"sluice_jobs{state="running"}"#] == 1)
        #expect(values["sluice_oldest_waiting_seconds"] == 10)
    }

    @Test func `submissions wait since they were first seen`() async throws {
        let disk = SimulatedDisk()
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(), now: { 1e9 },
            identify: { _ in "20260101-000000-000001" })
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .seconds(1000)))
        let keeper = Keeper(spool: spool, doorkeeper: doorkeeper)
        _ = try await keeper.recover()
        try disk.create(Layout.inbox / "a.yaml", holding: Array("nothing".utf8))
        var metrics = Metrics()
        for second in [10, 45] {
            let now = Duration.seconds(second)
            metrics.note(try await keeper.admit(at: now, mayAccept: true, reserve: 0), at: now)
        }
        let values = try reading(metrics).values
        #expect(values[#"sluice_jobs{state="waiting"}"#] == 1)
        #expect(values["sluice_oldest_waiting_seconds"] == 40)
        #expect(try values["sluice_disk_free_bytes"] == Double(disk.freeBytes()))
    }

    @Test func `what others count is told`() throws {
        let tally = Tally()
        for event in [Tally.Event.startedWorker, .startedWorker, .failedWorker, .overflow] {
            tally.add(event)
        }
        let values = try reading(Metrics(), tally: tally).values
        #expect(values["sluice_workers_started_total"] == 2)
        #expect(values[#"sluice_worker_restarts_total{reason="failure"}"#] == 1)
        #expect(values[#"sluice_worker_restarts_total{reason="recycled"}"#] == 0)
        #expect(values["sluice_inotify_overflows_total"] == 1)
    }

    @Test(arguments: [
        "sluice_a 1", "# HELP sluice_a x\nsluice_a 1", "# TYPE sluice_a gauge\nsluice_a 1\n",
        "# HELP sluice_a x\n# TYPE sluice_a gauge\nsluice_a one\n",
        "# HELP sluice_a x\n# TYPE sluice_a gauge\nsluice_a 1\nsluice_a 2\n",
        "# HELP sluice_a x\n# TYPE sluice_a histogram\nsluice_a 1\n",
    ])
    func `the reading notices what Prometheus would refuse`(_ text: String) {
        #expect(throws: MetricsReading.Malformed.self) { try MetricsReading(text) }
    }
}
