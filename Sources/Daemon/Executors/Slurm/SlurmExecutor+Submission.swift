import Jobs
import Logging

/// How an attempt gets its Slurm job, and never two of them.
extension SlurmExecutor {
    enum Submission: Sendable {
        /// The attempt's job, which has been submitted now or earlier; its number is still to be
        /// written down when that could not be done.
        case job(Int?, isWritten: Bool)
        /// The attempt has ended before it got one.
        case over(AttemptOutcome)
    }

    /// The Slurm job of an attempt: the one that it has, else a new one.
    ///
    /// The request is written before anything is submitted. When it is there and no number is, a
    /// job may have been submitted whose number nobody wrote down, so it is looked for by its name.
    /// The same holds after sbatch has failed because the controller did not answer.
    ///
    /// - Throws: ``DaemonError``.
    func submission(
        of attempt: Attempt, _ folder: SlurmFolder
    ) async throws(DaemonError) -> Submission {
        if let number = number(of: attempt, folder) {
            logger.info("slurm job adopted", metadata: facts(attempt, ["slurm": "\(number)"]))
            return .job(number, isWritten: true)
        }
        var mayBeThere = try folder.prepare(.solve(request(attempt)))
        var wait = settings.spec.check
        while true {
            if mayBeThere {
                switch await search(for: attempt) {
                case .found(let job): return note(job.id, attempt, folder)
                case .nothing: mayBeThere = false
                case .interrupted: return .over(.detached)
                }
                // It has run, and Slurm has forgotten it.
                if try folder.hasEvents() { return .job(nil, isWritten: true) }
            }
            if isStopping { return .over(.detached) }
            if isCancelled(attempt) { return .over(.failed(.cancelled)) }
            switch await controller.submit(folder.arguments(for: attempt, settings)) {
            case .success(let number): return note(number, attempt, folder)
            case .failure(.refused(let why)): return .over(.failed(.refused(why)))
            case .failure(.away):
                mayBeThere = true
                await note("Slurm, which does not answer", of: attempt)
                await rest(wait, attempt)
                wait = min(wait * 2, settings.longestWait)
            }
        }
    }

    private enum Finding {
        case found(SlurmJob)
        case nothing
        /// The daemon is stopping.
        case interrupted
    }

    /// Looks for a job by its name, in two listings: one that has just been sent off may not be in
    /// the first.
    private func search(for attempt: Attempt) async -> Finding {
        let name = SlurmFolder.jobName(of: attempt)
        var last = timekeeper.now()
        var listings = 0
        while listings < 2 {
            if isStopping { return .interrupted }
            if let listing = await controller.look(), listing.asked > last {
                last = listing.asked
                listings += 1
                let found = listing.jobs.filter { $0.name == name }.min { $0.id < $1.id }
                if let found { return .found(found) }
            } else {
                await pause(settings.pace)
            }
        }
        return .nothing
    }

    /// The number that was written down; nil when there is none, or when it cannot be read: then its
    /// name finds the job.
    private func number(of attempt: Attempt, _ folder: SlurmFolder) -> Int? {
        do throws(DaemonError) {
            return try folder.number()
        } catch {
            logger.warning(
                "slurm job's number not read", metadata: facts(attempt, ["error": "\(error)"]))
            return nil
        }
    }

    private func note(_ number: Int, _ attempt: Attempt, _ folder: SlurmFolder) -> Submission {
        let isWritten = write(number, attempt, folder)
        // Whoever reads this line may count on the number being there.
        logger.info("slurm job", metadata: facts(attempt, ["slurm": "\(number)"]))
        return .job(number, isWritten: isWritten)
    }

    /// Writes down the number of the Slurm job of an attempt.
    ///
    /// - Returns: whether that could be done. When not, the job is watched all the same, as it runs;
    ///   after a restart its name finds it.
    func write(_ number: Int, _ attempt: Attempt, _ folder: SlurmFolder) -> Bool {
        do throws(DaemonError) {
            try folder.write(number: number)
            return true
        } catch {
            logger.warning(
                "slurm job's number not written; it is tried again",
                metadata: facts(attempt, ["slurm": "\(number)", "error": "\(error)"]))
            return false
        }
    }

    /// Waits for a while, or until there is something else to do.
    private func rest(_ duration: Duration, _ attempt: Attempt) async {
        let end = timekeeper.now() + duration
        while timekeeper.now() < end, !isStopping, !isCancelled(attempt) {
            await pause(min(settings.pace, duration))
        }
    }

    private func request(_ attempt: Attempt) -> WorkerRequest.Solve {
        WorkerRequest.Solve(
            request: 1, job: attempt.job, id: attempt.id, attempt: attempt.number,
            jobFile: attempt.jobFile, inputs: attempt.inputs, output: attempt.output,
            device: settings.spec.device.rawValue, threads: settings.spec.cpus,
            models: settings.models, datasets: settings.datasets, limits: settings.limits)
    }
}
