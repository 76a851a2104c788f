import Jobs
import Logging

/// The administrator's programs, one after the other, beside the jobs.
extension Foreman {
    /// Queues the program for the result that has just been published, if there is one.
    func noteResult(_ record: JobRecord) {
        guard case .done(let result) = record.state, let programs = listeners.hooks,
            programs.settings.program(hasFailed: ResultName.isFailure(result)) != nil
        else { return }
        hooks.add(result)
    }

    /// Has the next one run when none is running.
    func runHook(_ group: inout ThrowingDiscardingTaskGroup<any Error>) {
        guard let programs = listeners.hooks, !hasAborted, let result = hooks.begin() else {
            return
        }
        let directory = "\(root)/\(Layout.outbox)/\(result)"
        group.addTask { [mailbox, keeper] in
            let hasEnded = await programs.run(
                for: directory, hasFailed: ResultName.isFailure(result))
            if hasEnded { await keeper.settleHook(result) }
            mailbox.yield(.hookEnded)
        }
    }

    /// Says how many hooks are left to the next start.
    func logHooksLeft() {
        guard !hooks.isEmpty else { return }
        logger.info("hooks wait for the next start", metadata: ["hooks": "\(hooks.count)"])
    }
}
