import Jobs

/// Several jobs in one worker.
extension LocalExecutor {
    package nonisolated var share: Int { settings.jobsPerBatch }

    package func run(
        _ attempts: [Attempt], hear: @escaping @Sendable (Int, AttemptNews) -> Void
    ) async {
        guard attempts.count > 1 else { return await runOneByOne(attempts, hear: hear) }
        let number = takeNumber()
        let jobs = attempts.map { request($0, takeNumber()) }
        let work = WorkerRequest.together(.init(request: number, jobs: jobs))
        // Long paths make long requests, which a worker would refuse.
        guard let line = try? WorkerLine.encode(work), line.count <= WorkerLine.limit else {
            return await runOneByOne(attempts, hear: hear)
        }
        let count = outOfMemoryCount()
        let book = TeamBook(
            number, jobs.map(\.request), live: attempts.map(LiveLog.init), hear: hear)
        let (end, log) = await ask(
            work, time: settings.time, silence: settings.silence, isFit: { !book.hasFailure }
        ) { book.hear($0) }
        let outcome = end.attemptOutcome(ranOutOfMemory: count != outOfMemoryCount())
        book.close(outcome, log: log.text)
    }
}
