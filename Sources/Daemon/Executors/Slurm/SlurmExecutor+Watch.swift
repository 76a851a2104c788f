import Jobs
import Logging

/// How a Slurm job is followed to its end.
extension SlurmExecutor {
    /// Follows job `id` until its attempt has an outcome; nil is a job that Slurm has forgotten.
    ///
    /// What the worker says counts more than what Slurm says about it; and an absent controller
    /// says nothing about a job. Nothing of a job that is given up is left to run.
    ///
    /// - Parameters:
    ///   - id: the number of the job.
    ///   - attempt: what the job is for.
    ///   - folder: where both meet.
    ///   - unwritten: the number when it is still to be written down.
    ///   - log: what was written on standard error, at the end.
    ///   - progress: told how far the attempt has come.
    /// - Returns: the outcome.
    func watch(
        _ id: Int?, _ attempt: Attempt, _ folder: SlurmFolder, unwritten: Int?,
        _ log: inout BoundedLog, _ progress: @Sendable (WorkerEvent.Progress) -> Void
    ) async -> AttemptOutcome {
        let name = SlurmFolder.jobName(of: attempt)
        var gaze = SlurmGaze(id: id, name: name, since: timekeeper.now())
        var tail = EventTail(path: "\(folder.path)/events")
        var debt = unwritten.map { (number: $0, due: timekeeper.now() + settings.spec.check) }
        while true {
            if let outcome = listen(&tail, progress) {
                if outcome.endsJob, await !end(id, attempt) { return .detached }
                return finish(outcome, folder, &log)
            }
            if isStopping { return .detached }
            if isCancelled(attempt), await isEnded(id, attempt) {
                return finish(.failed(.cancelled), folder, &log)
            }
            settle(&debt, attempt, folder)
            if !isCancelled(attempt) { await note(await controller.look(), id, of: attempt) }
            if let sight = await look(&gaze, attempt, tail.hasBegun) {
                if sight.mayRun, await !end(id, attempt) { return .detached }
                if let outcome = listen(&tail, progress) { return finish(outcome, folder, &log) }
                return await conclude(sight, attempt, folder, &log, tail.hasBegun)
            }
            await pause(settings.pace)
        }
    }

    /// Asks Slurm to end the job; true when it has heard.
    private func isEnded(_ id: Int?, _ attempt: Attempt) async -> Bool {
        let name = SlurmFolder.jobName(of: attempt)
        if await controller.cancel(id, name) { return true }
        await note("Slurm, which does not end job \(id.map { "\($0)" } ?? name)", of: attempt)
        return false
    }

    /// Has Slurm end the job, however often it has to be asked.
    ///
    /// - Returns: whether it has heard; false only when the daemon stops.
    private func end(_ id: Int?, _ attempt: Attempt) async -> Bool {
        while !isStopping {
            if await isEnded(id, attempt) { return true }
            await pause(settings.pace)
        }
        return false
    }

    /// Writes a number down that could not be written before, when it is time to try again.
    private func settle(
        _ debt: inout (number: Int, due: Duration)?, _ attempt: Attempt, _ folder: SlurmFolder
    ) {
        guard let (number, due) = debt, timekeeper.now() >= due else { return }
        let next = timekeeper.now() + settings.longestWait
        debt = write(number, attempt, folder) ? nil : (number, next)
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

    /// The outcome of a job whose worker has not said its last word, and of which nothing runs.
    private func conclude(
        _ sight: SlurmGaze.Sight, _ attempt: Attempt, _ folder: SlurmFolder,
        _ log: inout BoundedLog, _ hasBegun: Bool
    ) async -> AttemptOutcome {
        var state: SlurmState?
        var exit: SlurmExit?
        var reason = ""
        var number = 0
        switch sight {
        case .hopeless(let job): return finish(.failed(.refused(job.reason)), folder, &log)
        case .requeued(let job): (number, state, reason) = (job.id, .requeued, job.reason)
        case .over(let job, let known):
            (number, state, reason, exit) = (job.id, job.state, job.reason, known)
            if exit == nil { exit = await controller.exit(of: job.id, job.name) }
            // The end of the daemon is that of scontrol too.
            if isStopping { return .detached }
        case .missing(let id): number = id ?? 0
        case .nothingNew, .alive: break
        }
        log.append(folder.log)
        let end = SlurmEnd(
            id: number, state: state, reason: reason, exit: exit, hasBegun: hasBegun, log: log,
            limit: settings.timeLimit)
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
