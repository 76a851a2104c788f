import CSystem
import Glibc
import Synchronization

/// Runs Slurm's programs, without a shell, and gives those up that do not answer.
final class SlurmCommand: Sendable {
    private struct State {
        var isStopped = false
        var running: [ObjectIdentifier: Task<Answer, Never>] = [:]
    }

    private let environment: [String]
    private let timekeeper: Timekeeper
    /// So long a program may take.
    private let patience: Duration
    private let state = Mutex(State())

    /// What a program printed before it ended well.
    typealias Answer = Result<[String], SlurmTrouble>

    /// What is printed may take so much memory: a hundred thousand jobs do not.
    private static let mostBytes = 16 << 20
    /// The memory that a line takes beside its text.
    private static let bytesPerLine = 64

    init(environment: [String], timekeeper: Timekeeper, patience: Duration) {
        self.environment = environment
        self.timekeeper = timekeeper
        self.patience = patience
    }

    /// Runs `program` to its end, but not for longer than patience lasts.
    func run(_ program: String, _ arguments: [String]) async -> Answer {
        guard let listening = start(program, arguments) else {
            return .failure(.away("sluiced is stopping"))
        }
        // Unstructured, because nobody waits for it when the program has ended before.
        let limit = Task { [timekeeper, patience] in
            try await timekeeper.sleep(patience)
            listening.cancel()
        }
        defer { limit.cancel() }
        return await listening.value
    }

    /// Ends the programs that are running, and starts no more.
    func stop() {
        let running = state.withLock { state in
            state.isStopped = true
            return state.running
        }
        for listening in running.values { listening.cancel() }
    }

    /// Starts `program`, unless it is too late for that.
    ///
    /// - Returns: what listens to it. Cancelled, it kills the program, and does not wait for the end
    ///   of one that even that cannot end at once, as on a file server that is gone.
    private func start(_ program: String, _ arguments: [String]) -> Task<Answer, Never>? {
        state.withLock { state in
            guard !state.isStopped else { return nil }
            let process = WorkerProcess(
                command: [program] + arguments, environment: environment,
                limits: csys_limits(memory_bytes: 0, file_bytes: 0))
            let key = ObjectIdentifier(process)
            // Unstructured, because stopping ends it too.
            let listening = Task {
                let answer = await withTaskCancellationHandler {
                    await Self.listen(to: process, program)
                } onCancel: {
                    process.signal(SIGKILL)
                }
                self.state.withLock { $0.running[key] = nil }
                return answer
            }
            state.running[key] = listening
            return listening
        }
    }

    private static func listen(to process: WorkerProcess, _ program: String) async -> Answer {
        var lines: [String] = []
        var bytes = 0
        var errors = BoundedLog()
        for await output in process.output {
            switch output {
            case .line(let line):
                bytes += line.count + bytesPerLine
                guard bytes <= mostBytes else { return flooded(process, program) }
                lines.append(String(decoding: line, as: UTF8.self))
            case .log(let bytes): errors.append(bytes)
            case .overlong: return flooded(process, program)
            case .notStarted(let code):
                return .failure(.away("\(program): \(SystemError.words(code))"))
            case .ended(0, 0): return .success(lines)
            case .ended(_, 0): return .failure(SlurmTrouble(errors.text))
            case .ended: return .failure(.away("\(program) did not answer"))
            }
        }
        return .failure(.away("\(program) did not answer"))
    }

    /// Ends a program that prints without end.
    private static func flooded(_ process: WorkerProcess, _ program: String) -> Answer {
        process.signal(SIGKILL)
        return .failure(.away("\(program) printed more than 16 MB"))
    }
}
