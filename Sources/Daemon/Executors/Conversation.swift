import FoundationEssentials
import Glibc
import Jobs
import Synchronization

/// One request to a worker and what the worker says to it.
final class Conversation: Sendable {
    /// Why the daemon ended the worker.
    enum Sentence: Sendable {
        case time(Duration)
        case silence(Duration)
        case stopping
        /// Somebody cancelled the job.
        case cancelled
        case nonsense(String)
        /// It did not take a request of so many bytes.
        case blocked(bytes: Int)
    }

    /// How the conversation ended.
    enum End: Sendable {
        /// With an event that ends it.
        case said(WorkerEvent)
        /// With the end of the process.
        case died(exitCode: Int32, signal: Int32, Sentence?)
        /// Before it began: the program cannot be started.
        case notStarted(Int32)
        /// Before it began: somebody killed the worker while it got ready.
        case unready(signal: Int32)
    }

    /// The number of jobs that it is about.
    let jobCount: Int
    private let process: WorkerProcess
    private let timekeeper: Timekeeper
    /// Told what the worker writes on its standard error, as it does.
    private let overhear: @Sendable ([UInt8]) -> Void
    private let state: Mutex<State>

    private struct State {
        var began: Duration
        var lastSign: Duration
        /// The jobs that the worker has in hand, by the numbers of their requests.
        var jobs: [Int: String]
        var sentence: Sentence?
        var log = BoundedLog()
    }

    init(
        with process: WorkerProcess, about jobs: [Int: String], timekeeper: Timekeeper,
        overhear: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) {
        jobCount = jobs.count
        self.overhear = overhear
        self.process = process
        self.timekeeper = timekeeper
        let now = timekeeper.now()
        state = Mutex(State(began: now, lastSign: now, jobs: jobs))
    }

    /// Whether the worker still has a job in hand.
    func isAbout(_ job: String) -> Bool { state.withLock { $0.jobs.values.contains(job) } }

    var log: BoundedLog { state.withLock { $0.log } }

    /// Whether the worker was ended because somebody cancelled its job.
    var wasCancelled: Bool {
        if case .cancelled = state.withLock({ $0.sentence }) { true } else { false }
    }

    /// Ends the worker for this reason, unless there is one already.
    func end(_ sentence: Sentence, with signal: Int32) {
        state.withLock { $0.sentence = $0.sentence ?? sentence }
        process.signal(signal)
    }

    /// Listens until the conversation ends, and ends it when it takes too long.
    ///
    /// - Parameters:
    ///   - time: the whole conversation may take so long; nil: as long as it wants.
    ///   - silence: so long the worker may say nothing.
    ///   - grace: so long after being asked to end it is killed.
    ///   - hear: told every event; true when it is the last one.
    /// - Returns: how the conversation ended.
    func listen(
        time: Duration?, silence: Duration, grace: Duration,
        hear: @escaping @Sendable (WorkerEvent) -> Bool
    ) async -> End {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.watch(time: time, silence: silence, grace: grace) }
            defer { group.cancelAll() }
            return await self.listen(hear)
        }
    }

    private func listen(_ hear: (WorkerEvent) -> Bool) async -> End {
        for await output in process.output {
            switch output {
            case .log(let bytes):
                state.withLock { $0.log.append(bytes) }
                overhear(bytes)
            case .line(let line):
                // What a worker says after nonsense is worth nothing.
                if let event = understand(line), !saidNonsense, hear(event) { return .said(event) }
            case .overlong:
                end(.nonsense("a line longer than \(WorkerLine.eventLimit) bytes"), with: SIGKILL)
            case .notStarted(let code):
                return .notStarted(code)
            case .ended(let exitCode, let signal):
                return .died(exitCode: exitCode, signal: signal, state.withLock { $0.sentence })
            }
        }
        return .died(exitCode: 0, signal: SIGKILL, state.withLock { $0.sentence })
    }

    private var saidNonsense: Bool {
        if case .nonsense = state.withLock({ $0.sentence }) { true } else { false }
    }

    private func understand(_ line: [UInt8]) -> WorkerEvent? {
        let now = timekeeper.now()
        state.withLock { $0.lastSign = now }
        do {
            let event = try WorkerLine.event(Data(line))
            if let request = event.endedRequest { state.withLock { $0.jobs[request] = nil } }
            return event
        } catch {
            let start = String(decoding: line.prefix(200), as: UTF8.self)
            end(.nonsense("\(start)"), with: SIGKILL)
            return nil
        }
    }

    /// Waits until the worker has taken too long, and ends it.
    private func watch(time: Duration?, silence: Duration, grace: Duration) async {
        while !Task.isCancelled {
            let (began, lastSign) = state.withLock { ($0.began, $0.lastSign) }
            let now = timekeeper.now()
            if let time, now >= began + time { return await kill(.time(time), grace) }
            if now >= lastSign + silence { return await kill(.silence(silence), grace) }
            let due = min(lastSign + silence, time.map { began + $0 } ?? .seconds(1 << 40))
            // The sleep fails only when the conversation has ended.
            guard (try? await timekeeper.sleep(due - now)) != nil else { return }
        }
    }

    private func kill(_ sentence: Sentence, _ grace: Duration) async {
        end(sentence, with: SIGTERM)
        guard (try? await timekeeper.sleep(grace)) != nil else { return }
        process.signal(SIGKILL)
    }
}

extension WorkerEvent {
    /// The request that has come to its end.
    fileprivate var endedRequest: Int? {
        switch self {
        case .finished(let event): event.request
        case .failed(let event): event.request
        case .ready, .probed, .started, .progress, .log: nil
        }
    }
}
