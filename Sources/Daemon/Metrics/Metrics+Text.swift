import Jobs

extension Metrics {
    /// When it is, for the numbers that say for how long something has been so.
    package struct Moment: Sendable {
        /// A time of the monotonic clock.
        var now: Duration
        /// Seconds since 1970.
        var date: Double
        /// When the daemon started, in seconds since 1970.
        var started: Double

        package init(now: Duration, date: Double, started: Double) {
            self.now = now
            self.date = date
            self.started = started
        }
    }

    /// The content of the file.
    package func text(_ scheduler: Scheduler, _ tally: Tally, at moment: Moment) -> String {
        var text = MetricsText()
        text.add(
            "sluice_start_time_seconds", .gauge, "When the daemon started, since 1970.",
            moment.started)
        addJobs(to: &text)
        addQueue(to: &text, scheduler, moment)
        addMachine(to: &text, tally)
        return text.text
    }

    private func addJobs(to text: inout MetricsText) {
        text.add(
            "sluice_jobs_total", .counter, "Published results, by what became of the job.",
            [
                (#"result="finished""#, Double(jobs[false, default: 0])),
                (#"result="failed""#, Double(jobs[true, default: 0])),
            ])
        text.add(
            "sluice_jobs_with_warnings_total", .counter,
            "Finished jobs whose results warn of something, as of an odd picture.",
            Double(warnedJobs))
        text.add(
            "sluice_attempts_total", .counter, "Attempts that ended, by how.",
            AttemptEnd.allCases.map {
                ("outcome=\"\($0.rawValue)\"", Double(attempts[$0, default: 0]))
            })
        text.add(
            "sluice_job_duration_seconds", "From the acceptance of a job to its result.",
            jobDurations)
        text.add(
            "sluice_attempt_duration_seconds", "How long attempts took.", attemptDurations)
    }

    private func addQueue(
        to text: inout MetricsText, _ scheduler: Scheduler, _ moment: Moment
    ) {
        let entries = scheduler.entries.values
        let running = entries.count { $0.phase == .running }
        text.add(
            "sluice_jobs", .gauge, "Jobs by where they are: in the Inbox, accepted, with a worker.",
            [
                (#"state="waiting""#, Double(waitingSince.count + absent.count)),
                (#"state="queued""#, Double(entries.count - running)),
                (#"state="running""#, Double(running)),
            ])
        let queued = entries.filter { $0.phase != .running }.map {
            moment.date - $0.record.accepted
        }
        let waiting = (Array(waitingSince.values) + [absent.since].compactMap(\.self)).map {
            (moment.now - $0) / .seconds(1)
        }
        text.add(
            "sluice_oldest_waiting_seconds", .gauge,
            "For how long the oldest job has waited in the Inbox or the queue.",
            max(0, (queued + waiting).max() ?? 0))
    }

    private func addMachine(to text: inout MetricsText, _ tally: Tally) {
        func count(_ event: Tally.Event) -> Double { Double(tally.count(of: event)) }
        text.add(
            "sluice_workers_started_total", .counter, "Worker processes that were started.",
            count(.startedWorker))
        text.add(
            "sluice_worker_restarts_total", .counter,
            "Workers that had to be replaced, by why.",
            [
                (#"reason="failure""#, count(.failedWorker)),
                (#"reason="recycled""#, count(.recycledWorker)),
            ])
        text.add(
            "sluice_inotify_overflows_total", .counter,
            "How often the kernel dropped reports of changes in the Inbox.", count(.overflow))
        text.add("sluice_hooks_total", .counter, "Hooks that were run.", count(.hook))
        text.add(
            "sluice_hook_failures_total", .counter, "Hooks that failed or took too long.",
            count(.failedHook))
        guard let freeBytes else { return }
        text.add(
            "sluice_disk_free_bytes", .gauge, "Room on the disk of the Outbox.",
            Double(freeBytes))
    }
}
