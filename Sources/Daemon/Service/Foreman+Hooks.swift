import Jobs
import Logging

/// The administrator's programs, one after the other, beside the jobs.
extension Foreman {
    /// Whether one is running or has its turn to come.
    var hasHooks: Bool { isRunningHook || !hooksToRun.isEmpty }

    /// Queues the program for the result that has just been published, if there is one.
    func noteResult(_ record: JobRecord) {
        guard case .done(let result) = record.state, let hooks = listeners.hooks else { return }
        let hasFailed = ResultName.isFailure(result)
        guard hooks.settings.program(hasFailed: hasFailed) != nil, !hooksToRun.contains(result)
        else { return }
        hooksToRun.append(result)
    }

    /// Has the next one run when none is running.
    func runHook(_ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        guard let hooks = listeners.hooks, !isRunningHook, !hasAborted, !hooksToRun.isEmpty
        else { return }
        isRunningHook = true
        let result = hooksToRun.removeFirst()
        let directory = "\(root)/\(Layout.outbox)/\(result)"
        group.addTask { [mailbox, keeper] in
            let hasEnded = await hooks.run(
                for: directory, hasFailed: ResultName.isFailure(result))
            if hasEnded { await keeper.settleHook(result) }
            mailbox.yield(.hookEnded)
        }
    }

    /// Says how many hooks are left to the next start.
    func logHooksLeft() {
        guard hasHooks else { return }
        let count = hooksToRun.count + (isRunningHook ? 1 : 0)
        logger.info("hooks wait for the next start", metadata: ["hooks": "\(count)"])
    }
}
