import CSystem
import Glibc
import Jobs
import Logging

/// How workers are found, asked, and kept or ended.
extension LocalExecutor {
    typealias Ear = @Sendable (WorkerEvent) -> Bool
    /// Hears what a worker writes on its standard error.
    typealias Overhearing = @Sendable ([UInt8]) -> Void

    /// Finds or starts a worker, asks it, and puts it back when it did well.
    ///
    /// - Parameters:
    ///   - request: what to ask.
    ///   - time: the answer may take so long; nil: as long as it wants.
    ///   - silence: so long the worker may say nothing.
    ///   - isFit: whether the worker may be asked something else, as far as that is not known from
    ///     the end.
    ///   - overhear: told what the worker writes on its standard error, as it does.
    ///   - hear: told every event; true when it is the last one.
    /// - Returns: how it ended, and what the worker wrote on its standard error.
    func ask(
        _ request: WorkerRequest, time: Duration?, silence: Duration,
        isFit: @escaping @Sendable () -> Bool = { true },
        overhear: @escaping Overhearing = { _ in }, hear: @escaping Ear
    ) async -> (Conversation.End, BoundedLog) {
        let line: [UInt8]
        do {
            line = Array(try WorkerLine.encode(request))
        } catch {
            let failure = JobFailure.internal("\(error)")
            return (.said(.failed(.init(request: request.number, failure: failure))), .init())
        }
        while let worker = takeIdle(for: request) {
            guard worker.process.isAlive, worker.process.send(line) == .taken else {
                worker.process.signal(SIGKILL)
                continue
            }
            let conversation = conversation(with: worker, about: request.jobs, overhear)
            return await converse(with: worker, conversation, time, silence, isFit, hear)
        }
        let worker = Worker(start(), jobs: 0, probes: 0)
        let greeting = conversation(with: worker, about: request.jobs)
        if let (end, log) = await greet(worker, greeting) { return (end, log) }
        let next = conversation(with: worker, about: request.jobs, overhear)
        return await ask(line, of: worker, next, time, silence, isFit, hear)
    }

    /// Waits until a new worker is ready.
    ///
    /// - Returns: why it never will be; nil when it is.
    private func greet(
        _ worker: Worker, _ greeting: Conversation
    ) async -> (Conversation.End, BoundedLog)? {
        busy[ObjectIdentifier(worker)] = (worker, greeting)
        if isStopping { greeting.end(.stopping, with: SIGKILL) }
        let end = await greeting.listen(
            time: settings.start, silence: settings.start, grace: settings.grace
        ) { event in
            if case .ready = event { true } else { false }
        }
        busy[ObjectIdentifier(worker)] = nil
        guard case .said(.ready(let ready)) = end, ready.protocol == 1 else {
            worker.process.signal(SIGKILL)
            if !greeting.wasCancelled { tally.add(.failedWorker) }
            return (end.atStart, greeting.log)
        }
        logger.info("worker ready", metadata: ["software": "\(ready.software)"])
        guard greeting.wasCancelled else { return nil }
        // It was told to end in the moment in which it became ready: whoever asked it now would take
        // its end for its own.
        worker.process.signal(SIGKILL)
        return (.died(exitCode: 0, signal: SIGKILL, .cancelled), greeting.log)
    }

    /// Asks a worker that has just become ready.
    private func ask(
        _ line: [UInt8], of worker: Worker, _ conversation: Conversation, _ time: Duration?,
        _ silence: Duration, _ isFit: @Sendable () -> Bool, _ hear: @escaping Ear
    ) async -> (Conversation.End, BoundedLog) {
        if isStopping { conversation.end(.stopping, with: SIGKILL) }
        switch worker.process.send(line) {
        case .taken: break
        // When it has died meanwhile, this changes nothing, and listening tells how it died.
        case .gone: worker.process.signal(SIGKILL)
        case .refused: conversation.end(.blocked(bytes: line.count), with: SIGKILL)
        }
        return await converse(with: worker, conversation, time, silence, isFit, hear)
    }

    private func conversation(
        with worker: Worker, about jobs: [Int: String], _ overhear: @escaping Overhearing = { _ in }
    ) -> Conversation {
        Conversation(
            with: worker.process, about: jobs, timekeeper: timekeeper, overhear: overhear)
    }

    private func start() -> WorkerProcess {
        tally.add(.startedWorker)
        return WorkerProcess(
            command: settings.command, environment: settings.environment,
            limits: csys_limits(
                memory_bytes: UInt64(clamping: settings.memory),
                file_bytes: UInt64(clamping: settings.fileBytes)))
    }

    private func converse(
        with worker: Worker, _ conversation: Conversation, _ time: Duration?, _ silence: Duration,
        _ isFit: @Sendable () -> Bool, _ hear: @escaping Ear
    ) async -> (Conversation.End, BoundedLog) {
        busy[ObjectIdentifier(worker)] = (worker, conversation)
        let end = await conversation.listen(
            time: time, silence: silence, grace: settings.grace, hear: hear)
        busy[ObjectIdentifier(worker)] = nil
        let jobs = conversation.jobCount
        let used = Worker(
            worker.process, jobs: worker.jobs + jobs, probes: worker.probes + (jobs == 0 ? 1 : 0))
        let isWorkerFit = end.leavesWorkerFit && isFit()
        // Whoever cancels a job says nothing about its worker.
        count(used, isFit: isWorkerFit || conversation.wasCancelled)
        release(used, isFit: isWorkerFit)
        return (end, conversation.log)
    }

    /// Counts a worker that is not asked again.
    private func count(_ worker: Worker, isFit: Bool) {
        guard !isStopping else { return }
        if !isFit {
            tally.add(.failedWorker)
        } else if worker.isWorn(after: settings.jobsPerWorker) {
            tally.add(.recycledWorker)
        }
    }
}

extension WorkerRequest {
    /// The jobs that are to be solved, by the numbers of their requests.
    fileprivate var jobs: [Int: String] {
        switch self {
        case .probe: [:]
        case .solve(let solve): [solve.request: solve.id]
        case .together(let together):
            Dictionary(together.jobs.map { ($0.request, $0.id) }) { first, _ in first }
        }
    }
}

extension JobFailure {
    static func `internal`(_ what: String) -> JobFailure {
        JobFailure(.job, "internal", what, hint: "report this as a bug, with the job file")
    }
}
