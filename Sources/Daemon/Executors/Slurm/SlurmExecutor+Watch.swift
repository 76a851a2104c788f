import Jobs
import Logging

/// How a Slurm job is followed to its end.
extension SlurmExecutor {
    /// Follows job `id` until its attempt has an outcome; nil is a job that Slurm has forgotten.
    ///
    /// What the worker says counts more than what Slurm says about it; and an absent controller
    /// says nothing about a job.
    func watch(
        _ id: Int?, _ attempt: Attempt, _ folder: SlurmFolder, _ log: inout BoundedLog,
        _ progress: @Sendable (WorkerEvent.Progress) -> Void
    ) async -> AttemptOutcome {
        var gaze = SlurmGaze(
            id: id, name: SlurmFolder.jobName(of: attempt), since: timekeeper.now())
        var tail = EventTail(path: "\(folder.path)/events")
        while true {
            if let outcome = listen(&tail, progress) {
                if outcome.endsJob, let id { _ = await controller.cancel(id) }
                return finish(outcome, folder, &log)
            }
            if isStopping { return .detached }
            if isCancelled(attempt), await isEnded(id) {
                return finish(.failed(.cancelled), folder, &log)
            }
            await note(await controller.look(), id, of: attempt)
            if let end = await look(&gaze, tail.hasBegun) {
                if let outcome = listen(&tail, progress) { return finish(outcome, folder, &log) }
                return await conclude(end, attempt, folder, &log, tail.hasBegun)
            }
            await pause(settings.pace)
        }
    }

    /// Asks Slurm to end the job; true when it has heard.
    private func isEnded(_ id: Int?) async -> Bool {
        guard let id else { return true }
        return await controller.cancel(id)
    }

    /// Hears what the worker has said since the last time.
    ///
    /// - Returns: the outcome when that was its last word.
    private func listen(
        _ tail: inout EventTail, _ progress: @Sendable (WorkerEvent.Progress) -> Void
    ) -> AttemptOutcome? {
        for piece in tail.read() {
            switch piece {
            case .nonsense(let what):
                return Conversation.End.died(exitCode: 0, signal: 0, .nonsense(what))
                    .attemptOutcome(ranOutOfMemory: false)
            case .event(.progress(let event)): progress(event)
            case .event(.finished(let event)): return .finished(event.files)
            case .event(.failed(let event)): return .failed(event.failure)
            case .event(.ready), .event(.started), .event(.probed), .event(.log): break
            }
        }
        return nil
    }

    /// Looks at what Slurm says.
    ///
    /// - Returns: how the job ended, once the worker has had time to be heard.
    private func look(_ gaze: inout SlurmGaze, _ hasBegun: Bool) async -> SlurmGaze.Sight? {
        guard let listing = await controller.look() else { return nil }
        let sight = gaze.look(at: listing)
        for twin in gaze.twins { _ = await controller.cancel(twin) }
        switch sight {
        case .nothingNew, .alive: return nil
        case .hopeless, .requeued: return sight
        case .over, .missing:
            let now = timekeeper.now()
            let seen = gaze.endSeen ?? now
            gaze.endSeen = seen
            guard sight.mayHaveMore(hasBegun) else { return sight }
            return now >= seen + settings.visibility ? sight : nil
        }
    }

    /// The outcome of a job whose worker has not said its last word.
    private func conclude(
        _ sight: SlurmGaze.Sight, _ attempt: Attempt, _ folder: SlurmFolder,
        _ log: inout BoundedLog, _ hasBegun: Bool
    ) async -> AttemptOutcome {
        var state: SlurmState?
        var exit: SlurmExit?
        var reason = ""
        var number = 0
        switch sight {
        case .hopeless(let job):
            _ = await controller.cancel(job.id)
            return finish(.failed(.refused(job.reason)), folder, &log)
        case .requeued(let job):
            _ = await controller.cancel(job.id)
            (number, state, reason) = (job.id, .requeued, job.reason)
        case .over(let job):
            (number, state, reason) = (job.id, job.state, job.reason)
            exit = await controller.exit(of: job.id)
        case .missing(let id):
            number = id ?? 0
            if let id, let memory = await controller.memory(of: id), memory.state.isFinal {
                (state, exit) = memory
            }
        case .nothingNew, .alive: break
        }
        log.append(folder.log)
        let end = SlurmEnd(
            id: number, state: state, reason: reason, exit: exit, hasBegun: hasBegun, log: log,
            limit: settings.spec.time ?? settings.time)
        logger.warning("slurm job ended", metadata: facts(attempt, ["end": "\(end.words)"]))
        log.append(Array("\(end.words)\n".utf8))
        return end.outcome
    }

    private func finish(
        _ outcome: AttemptOutcome, _ folder: SlurmFolder, _ log: inout BoundedLog
    ) -> AttemptOutcome {
        log.append(folder.log)
        return outcome
    }
}

extension AttemptOutcome {
    /// Whether the worker has to be ended, since it does not know that it is over.
    fileprivate var endsJob: Bool {
        if case .crashed = self { true } else { false }
    }
}

extension SlurmFolder {
    /// What was written on standard error, as far as a log keeps it.
    fileprivate var log: [UInt8] {
        LogReader(path: "\(path)/log")?.bytes ?? []
    }
}
