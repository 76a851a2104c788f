import CSystem
import Glibc

/// Runs Slurm's programs, without a shell.
struct SlurmCommand: Sendable {
    let environment: [String]
    let timekeeper: Timekeeper
    /// So long a program may take.
    let patience: Duration

    /// What a program printed before it ended well.
    typealias Answer = Result<[String], SlurmTrouble>

    /// Runs `program` to its end.
    func run(_ program: String, _ arguments: [String]) async -> Answer {
        let process = WorkerProcess(
            command: [program] + arguments, environment: environment,
            limits: csys_limits(memory_bytes: 0, file_bytes: 0))
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { [timekeeper, patience] in
                // The sleep fails only when the program has ended.
                guard (try? await timekeeper.sleep(patience)) != nil else { return }
                process.signal(SIGKILL)
            }
            defer { group.cancelAll() }
            return await listen(to: process, program)
        }
    }

    private func listen(to process: WorkerProcess, _ program: String) async -> Answer {
        var lines: [String] = []
        var errors = BoundedLog()
        for await output in process.output {
            switch output {
            case .line(let line): lines.append(String(decoding: line, as: UTF8.self))
            case .log(let bytes): errors.append(bytes)
            case .overlong: process.signal(SIGKILL)
            case .notStarted(let code):
                return .failure(.away("\(program): \(SystemError.words(code))"))
            case .ended(0, 0): return .success(lines)
            case .ended(_, 0): return .failure(SlurmTrouble(errors.text))
            case .ended: return .failure(.away("\(program) did not answer"))
            }
        }
        return .failure(.away("\(program) did not answer"))
    }
}
