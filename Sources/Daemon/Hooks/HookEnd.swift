import Glibc

/// How a hook ended, and what it said.
struct HookEnd: Sendable {
    /// What went wrong; nil when nothing did.
    private(set) var problem: String?
    private(set) var wasKilled = false
    private var log = BoundedLog()

    /// The last lines of what it wrote.
    var output: String { log.lastLines(5) }

    /// Listens to `process` until it has ended.
    init(of process: WorkerProcess) async {
        problem = "the daemon is ending"
        for await event in process.output {
            switch event {
            case .line(let bytes): log.append(bytes + [UInt8(ascii: "\n")])
            case .log(let bytes): log.append(bytes)
            case .overlong: break
            case .notStarted(let code): problem = SystemError.words(code)
            case .ended(let exitCode, let signal):
                wasKilled = signal == SIGKILL
                problem = Self.problem(exitCode, signal)
            }
        }
    }

    /// The same end, known to have come from the time limit.
    func late(_ limit: Duration) -> HookEnd {
        var end = self
        end.problem = "it took longer than \(limit)"
        return end
    }

    private static func problem(_ exitCode: Int32, _ signal: Int32) -> String? {
        if signal != 0 { return "signal \(signal) ended it" }
        return exitCode == 0 ? nil : "it ended with code \(exitCode)"
    }
}
