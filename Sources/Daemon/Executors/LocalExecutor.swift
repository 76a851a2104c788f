import Glibc
package import Jobs
package import Logging

/// Workers on this machine, kept warm between jobs.
package actor LocalExecutor: Executor {
    package nonisolated let slots: Int

    let settings: LocalSettings
    let timekeeper: Timekeeper
    let logger: Logger
    let tally: Tally
    /// How often this machine has run out of memory; nil when that cannot be known.
    let outOfMemoryCount: @Sendable () -> Int?
    var idle: [Worker] = []
    var busy: [ObjectIdentifier: (Worker, Conversation)] = [:]
    private var nextRequest = 1
    var isStopping = false

    final class Worker: Sendable {
        let process: WorkerProcess
        /// The jobs that it was given to solve.
        let jobs: Int
        /// How often it was asked to decode pictures.
        let probes: Int

        var hasSolved: Bool { jobs > 0 }

        init(_ process: WorkerProcess, jobs: Int, probes: Int) {
            self.process = process
            self.jobs = jobs
            self.probes = probes
        }

        /// Whether it has done so much that a new one takes its place; to look at pictures is the
        /// tenth part of a job.
        func isWorn(after limit: Int) -> Bool { jobs + probes / 10 >= limit }
    }

    package init(
        _ settings: LocalSettings, timekeeper: Timekeeper, logger: Logger, tally: Tally = Tally(),
        outOfMemoryCount: @escaping @Sendable () -> Int?
    ) {
        self.settings = settings
        self.timekeeper = timekeeper
        self.logger = logger
        self.tally = tally
        self.outOfMemoryCount = outOfMemoryCount
        slots = settings.workers
    }

    package func run(
        _ attempt: Attempt, progress: @escaping @Sendable (WorkerEvent.Progress) -> Void
    ) async -> AttemptReport {
        let count = outOfMemoryCount()
        let number = takeNumber()
        let live = LiveLog(attempt)
        let (end, log) = await ask(
            .solve(request(attempt, number)), time: settings.time, silence: settings.silence,
            overhear: { live?.append($0) }
        ) { event in
            if case .progress(let sign) = event { progress(sign) }
            return event.isLast(of: number)
        }
        live?.close()
        let outcome = end.attemptOutcome(ranOutOfMemory: count != outOfMemoryCount())
        return AttemptReport(outcome, log: log.text)
    }

    package func probe(directory: String, pictures: [String]) async -> ProbeAnswer {
        var bad: [WorkerEvent.Probed.Bad] = []
        for part in pictures.requestParts {
            let answer = await probe(directory, part)
            guard case .bad(let found) = answer else { return answer }
            bad += found
        }
        return .bad(bad)
    }

    /// Has so many pictures decoded as fit into one request.
    private func probe(_ directory: String, _ pictures: [String]) async -> ProbeAnswer {
        let number = takeNumber()
        let request = WorkerRequest.Probe(
            request: number, directory: directory, pictures: pictures, limits: settings.limits)
        let count = outOfMemoryCount()
        let (end, _) = await ask(
            .probe(request), time: settings.silence, silence: settings.silence
        ) { $0.isLast(of: number) }
        return end.probeAnswer(ranOutOfMemory: count != outOfMemoryCount())
    }

    package func cancel(_ id: String) async {
        let concerned = busy.values.filter { $0.1.isAbout(id) }
        guard !concerned.isEmpty else { return }
        for (_, conversation) in concerned { conversation.end(.cancelled, with: SIGTERM) }
        // A cancelled sleep only makes the end come sooner.
        try? await timekeeper.sleep(settings.grace)
        // By now a worker may have ended, or work on another job.
        for (worker, conversation) in concerned
        where busy.values.contains(where: { $0.1 === conversation }) {
            worker.process.signal(SIGKILL)
        }
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

    func takeNumber() -> Int {
        nextRequest += 1
        return nextRequest
    }

    func request(_ attempt: Attempt, _ number: Int) -> WorkerRequest.Solve {
        WorkerRequest.Solve(
            request: number, job: attempt.job, id: attempt.id, attempt: attempt.number,
            jobFile: attempt.jobFile, inputs: attempt.inputs, output: attempt.output,
            device: settings.device, threads: settings.threads, models: settings.models,
            datasets: settings.datasets, limits: settings.limits)
    }
}

extension WorkerEvent {
    /// Whether nothing more comes about request `number`.
    fileprivate func isLast(of number: Int) -> Bool {
        switch self {
        case .finished, .probed: request == number
        // A worker that could not read the request does not know its number.
        case .failed(let event): event.request == number || event.request == 0
        case .ready, .started, .progress, .log: false
        }
    }
}
