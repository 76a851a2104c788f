import Jobs

/// The administrator's programs, one after the other, beside the jobs.
extension Foreman {
    /// Whether one is running or has its turn to come.
    var hasHooks: Bool { isRunningHook || !hooksToRun.isEmpty }

    /// Queues the program for the result that has just been published, if there is one.
    func noteResult(_ record: JobRecord) {
        guard case .done(let result) = record.state, let hooks = listeners.hooks else { return }
        let hasFailed = ResultName.isFailure(result)
        guard hooks.settings.program(hasFailed: hasFailed) != nil else { return }
        hooksToRun.append(result)
    }

    /// Has the next one run when none is running.
    func runHook(_ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        guard let hooks = listeners.hooks, !isRunningHook, !hasAborted, !hooksToRun.isEmpty
        else { return }
        isRunningHook = true
        let result = hooksToRun.removeFirst()
        let directory = "\(root)/\(Layout.outbox)/\(result)"
        group.addTask { [mailbox] in
            await hooks.run(for: directory, hasFailed: ResultName.isFailure(result))
            mailbox.yield(.hookEnded)
        }
    }
}
