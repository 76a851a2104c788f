import Daemon
import Jobs

/// The daemon without time and processes: everything it decides, on a simulated disk.
struct SimulatedDaemon {
    let disk: SimulatedDisk
    /// Worker outcomes by job name; a job that is not here succeeds.
    var outcomes: [String: AttemptOutcome] = [:]
    private let spool: Spool
    private let identifiers: Counter

    /// Tells identifiers apart through restarts.
    final class Counter: @unchecked Sendable {
        // Used by one thread only.
        var next = 0
    }

    init(
        disk: SimulatedDisk, identifiers: Counter, settings: SpoolSettings = SpoolSettings()
    ) {
        self.disk = disk
        self.identifiers = identifiers
        spool = Self.spool(on: disk, identifiers, settings)
    }

    /// Starts, does everything that can be done, and ends.
    ///
    /// - Parameter watch: called after every step.
    /// - Throws: what the disk throws, and what `watch` throws.
    func run(watch: () throws -> Void = {}) throws {
        var scheduler = Scheduler(slots: 1, retry: RetryPolicy())
        var effects: [Scheduler.Effect] = []
        for record in try spool.recover() {
            effects += scheduler.handle(.arrived(record), at: .zero)
        }
        for record in try admit() { effects += scheduler.handle(.arrived(record), at: .zero) }
        for wish in try spool.wishes() { effects += scheduler.handle(.wished(wish), at: .zero) }
        var now = Duration.zero
        while true {
            while !effects.isEmpty {
                effects += scheduler.handle(try perform(effects.removeFirst()), at: now)
                try watch()
            }
            guard let next = scheduler.nextWake(after: now) else { return }
            now = next
            effects = scheduler.handle(.tick, at: now)
        }
    }

    private func admit() throws -> [JobRecord] {
        var doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero))
        for decision in try doorkeeper.look(at: .zero).decisions {
            if case .probe(let request) = decision.verdict { doorkeeper.remember([], of: request) }
        }
        var accepted: [JobRecord] = []
        for decision in try doorkeeper.look(at: .zero).decisions {
            guard case .accept(let failure) = decision.verdict,
                let record = try spool.accept(
                    decision.submission, failure: failure, judged: decision.jobFile)
            else { continue }
            accepted.append(record)
        }
        return accepted
    }

    private func perform(_ effect: Scheduler.Effect) throws -> Scheduler.Event {
        switch effect {
        case .advance(let record):
            do {
                return .advanced(id: record.id, try spool.advance(record))
            } catch {
                guard error.code == 28 else { throw error }
                return .stalled(id: record.id, "\(error)")
            }
        case .cancel(let record):
            return .advanced(id: record.id, try spool.cancel(record))
        case .stop: return .tick
        case .startTogether: preconditionFailure("the scheduler was told of no shares")
        case .start(let record):
            let begun = try spool.begin(record)
            let outcome = try outcomes[record.name] ?? .finished(work(begun))
            let verified = try spool.verified(outcome, of: begun)
            return .ended(try spool.end(begun, verified, log: "worked\n"))
        }
    }

    /// What a worker would write; nothing of it is durable.
    private func work(_ record: JobRecord) throws -> [WorkerEvent.Finished.File] {
        let run = Layout.run(record.id, record.attempts)
        try disk.createFolder(run / "restored")
        let content = [
            "result.json": "result of \(record.name)", "job.resolved.yaml": "resolved",
            "restored/a.png": "restored \(record.inputs.map(\.sha256))",
        ]
        for (path, text) in content.sorted(by: { $0.key < $1.key }) {
            if let file = run.beneath(path) { try disk.create(file, holding: Array(text.utf8)) }
        }
        return content.map { path, text in
            let digest = SimulatedDisk.digest(Array(text.utf8))
            return .init(path: path, bytes: digest.bytes, sha256: digest.sha256)
        }
    }
}

extension SimulatedDaemon {
    /// Jobs on `disk` whose identifiers count from 1.
    static func spool(
        on disk: SimulatedDisk, _ identifiers: Counter = Counter(),
        _ settings: SpoolSettings = SpoolSettings(),
        now: @escaping @Sendable () -> Double = { 1e9 }
    ) -> Spool {
        Spool(
            files: disk, inspector: PlainInspector(), settings: settings, now: now,
            identify: { _ in
                identifiers.next += 1
                let digits = String(identifiers.next)
                return "20260101-000000-" + String(repeating: "0", count: 6 - digits.count) + digits
            })
    }
}
