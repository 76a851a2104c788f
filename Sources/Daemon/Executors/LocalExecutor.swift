import CSystem
import Glibc
package import Jobs
package import Logging

/// Workers on this machine, kept warm between jobs.
package actor LocalExecutor: Executor {
    package nonisolated let slots: Int

    private let settings: LocalSettings
    private let timekeeper: Timekeeper
    private let logger: Logger
    /// How often this machine has run out of memory; nil when that cannot be known.
    private let outOfMemoryCount: @Sendable () -> Int?
    private var idle: [Worker] = []
    private var busy: [ObjectIdentifier: (Worker, Conversation)] = [:]
    private var nextRequest = 1
    private var isStopping = false

    private final class Worker: Sendable {
        let process: WorkerProcess
        let jobs: Int

        init(_ process: WorkerProcess, jobs: Int) {
            self.process = process
            self.jobs = jobs
        }
    }

    package init(
        _ settings: LocalSettings, timekeeper: Timekeeper, logger: Logger,
        outOfMemoryCount: @escaping @Sendable () -> Int?
    ) {
        self.settings = settings
        self.timekeeper = timekeeper
        self.logger = logger
        self.outOfMemoryCount = outOfMemoryCount
        slots = settings.workers
    }

    package func run(
        _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
    ) async -> AttemptReport {
        let count = outOfMemoryCount()
        let number = takeNumber()
        let (end, log) = await ask(
            .solve(request(attempt, number)), time: settings.time, silence: settings.silence
        ) { event in
            if case .progress(let sign) = event { progress(sign) }
            return event.isLast(of: number)
        }
        let outcome = end.attemptOutcome(ranOutOfMemory: count != outOfMemoryCount())
        return AttemptReport(outcome, log: log.text)
    }

    package func probe(directory: String, pictures: [String]) async -> ProbeAnswer {
        let number = takeNumber()
        let request = WorkerRequest.Probe(
            request: number, directory: directory, pictures: pictures, limits: settings.limits)
        let count = outOfMemoryCount()
        let (end, _) = await ask(
            .probe(request), time: settings.silence, silence: settings.silence
        ) { $0.isLast(of: number) }
        return end.probeAnswer(ranOutOfMemory: count != outOfMemoryCount())
    }

    package func stop() async {
        isStopping = true
        for worker in idle { worker.process.signal(SIGKILL) }
        idle = []
        guard !busy.isEmpty else { return }
        for (_, conversation) in busy.values { conversation.end(.stopping, with: SIGTERM) }
        // A cancelled sleep only makes the end come sooner.
        try? await timekeeper.sleep(settings.grace)
        for (worker, _) in busy.values { worker.process.signal(SIGKILL) }
    }

    private func takeNumber() -> Int {
        nextRequest += 1
        return nextRequest
    }

    private func request(_ attempt: Attempt, _ number: Int) -> WorkerRequest.Solve {
        WorkerRequest.Solve(
            request: number, job: attempt.job, id: attempt.id, attempt: attempt.number,
            jobFile: attempt.jobFile, inputs: attempt.inputs, output: attempt.output,
            device: settings.device, threads: settings.threads, models: settings.models,
            datasets: settings.datasets, limits: settings.limits)
    }

    /// Finds or starts a worker, asks it, and puts it back when it did well.
    private func ask(
        _ request: WorkerRequest, time: Duration?, silence: Duration,
        hear: @escaping @Sendable (WorkerEvent) -> Bool
    ) async -> (Conversation.End, BoundedLog) {
        let line: [UInt8]
        do {
            line = Array(try WorkerLine.encode(request))
        } catch {
            return (
                .said(.failed(.init(request: request.number, failure: .internal("\(error)")))),
                .init()
            )
        }
        while let worker = idle.popLast() {
            guard worker.process.isAlive, worker.process.send(line) else { continue }
            return await converse(
                with: worker, Conversation(with: worker.process, timekeeper: timekeeper), time,
                silence, hear)
        }
        let worker = Worker(start(), jobs: 0)
        let greeting = Conversation(with: worker.process, timekeeper: timekeeper)
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
            return (end.atStart, greeting.log)
        }
        logger.info("worker ready", metadata: ["software": "\(ready.software)"])
        let conversation = Conversation(with: worker.process, timekeeper: timekeeper)
        if isStopping { conversation.end(.stopping, with: SIGKILL) }
        // When it has died meanwhile, listening tells how.
        _ = worker.process.send(line)
        return await converse(with: worker, conversation, time, silence, hear)
    }

    private func start() -> WorkerProcess {
        WorkerProcess(
            command: settings.command, environment: settings.environment,
            limits: csys_limits(
                memory_bytes: UInt64(clamping: settings.memory),
                file_bytes: UInt64(clamping: settings.fileBytes)))
    }

    private func converse(
        with worker: Worker, _ conversation: Conversation, _ time: Duration?, _ silence: Duration,
        _ hear: @escaping @Sendable (WorkerEvent) -> Bool
    ) async -> (Conversation.End, BoundedLog) {
        busy[ObjectIdentifier(worker)] = (worker, conversation)
        let end = await conversation.listen(
            time: time, silence: silence, grace: settings.grace, hear: hear)
        busy[ObjectIdentifier(worker)] = nil
        release(worker, after: end)
        return (end, conversation.log)
    }

    /// Keeps a worker warm that did well; there are never more of them than slots.
    private func release(_ worker: Worker, after end: Conversation.End) {
        let jobs = worker.jobs + 1
        guard end.leavesWorkerFit, jobs < settings.jobsPerWorker, !isStopping, idle.count < slots
        else { return worker.process.signal(SIGKILL) }
        idle.append(Worker(worker.process, jobs: jobs))
    }
}

extension WorkerEvent {
    /// Whether nothing more comes about request `number`.
    fileprivate func isLast(of number: Int) -> Bool {
        switch self {
        case .finished, .failed, .probed: request == number
        case .ready, .started, .progress: false
        }
    }
}

extension JobFailure {
    static func `internal`(_ what: String) -> JobFailure {
        JobFailure(.job, "internal", what, hint: "report this as a bug, with the job file")
    }
}
