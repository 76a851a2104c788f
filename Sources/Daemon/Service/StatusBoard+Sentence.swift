import Jobs

extension StatusBoard {
    /// The status in a few words, for whoever looks at the service and not at the jobs.
    package func sentence(_ scheduler: Scheduler) -> String {
        let running = scheduler.entries.values.count { $0.phase == .running }
        let counts = [
            (running, "running"), (scheduler.entries.count - running, "queued"),
            (waitingCount, "waiting"), (finished, "finished"), (failed, "failed"),
        ]
        let told = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let jobs = told.isEmpty ? "no jobs" : told.joined(separator: ", ")
        guard activity == .running else { return "\(activity.rawValue): \(jobs)" }
        if !hasRoom { return "paused until there is room on the disk: \(jobs)" }
        guard let warning = warnings.first else { return jobs }
        return "\(jobs); \(warning)"
    }
}
