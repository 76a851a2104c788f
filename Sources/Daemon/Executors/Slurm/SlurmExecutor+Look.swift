import Jobs
import Logging

/// What is to be thought of a Slurm job.
extension SlurmExecutor {
    /// Looks at what Slurm says.
    ///
    /// - Returns: how the job ended, once the worker has had time to be heard.
    func look(
        _ gaze: inout SlurmGaze, _ attempt: Attempt, _ hasBegun: Bool
    ) async -> SlurmGaze.Sight? {
        guard let listing = await controller.look() else { return nil }
        var sight = gaze.look(at: listing)
        for twin in gaze.twins { _ = await controller.cancel(twin, gaze.name) }
        if gaze.mustAsk, let id = gaze.id { sight = await ask(about: id, &gaze, attempt) }
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

    /// Asks about a job that listings lack: a wrong listing must not cost a job.
    private func ask(
        about id: Int, _ gaze: inout SlurmGaze, _ attempt: Attempt
    ) async -> SlurmGaze.Sight {
        let news = await controller.inquire(about: id, gaze.name)
        if gaze.inquiries == 0 {
            logger.warning(
                "slurm job in no listing",
                metadata: facts(attempt, ["slurm": "\(id)", "news": "\(news)"]))
        }
        return gaze.hear(news, at: timekeeper.now(), limit: settings.timeLimit)
    }
}
