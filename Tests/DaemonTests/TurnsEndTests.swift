import Daemon
import Jobs
import TestSupport
import Testing

/// Looks that look at little come to the same end as those that look at everything.
@Suite struct TurnsEndTests {
    /// A daemon without workers: each job fails, and is ended at once.
    private struct Half {
        let disk = SimulatedDisk()
        let keeper: Keeper
        private let clock = SimulatedDaemon.Counter()
        /// The jobs that were taken, each with what it has copied.
        var taken: [String] = []

        init(_ rota: Rota) async throws {
            try disk.createFolder(Layout.inbox)
            keeper = Keeper(
                spool: SimulatedDaemon.spool(on: disk) { [clock] in 1e9 + Double(clock.next) },
                doorkeeper: Doorkeeper(
                    files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero),
                    rota: rota))
            _ = try await keeper.recover()
        }

        /// Looks so often, and does all that follows.
        mutating func work(looks: Int) async throws {
            for _ in 0..<looks {
                // A time at which no job is given up.
                let admission = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
                #expect(admission.problems.isEmpty)
                // With --once the daemon does not end before.
                #expect(!admission.review.isUnfinished || admission.hasMore(canProbe: false))
                for probe in admission.review.probes {
                    await keeper.remember(.bad([]), of: probe)
                }
                for record in admission.accepted {
                    try await end(record)
                    disk.pass(seconds: 1)
                }
            }
        }

        private mutating func end(_ record: JobRecord) async throws {
            guard let copied = try await keeper.advance(record) else { return }
            taken.append("\(record.name): \(copied.inputs.map(\.path))")
            var left: JobRecord? = copied
            if copied.state.kind == .ready {
                let failure = JobFailure(.job, "numerics", "it failed")
                left = try await keeper.end(
                    keeper.begin(copied), AttemptReport(.failed(failure)))
            }
            while let record = left { left = try await keeper.advance(record) }
        }

        var inbox: [String] {
            get throws { try disk.names(in: Layout.inbox).map(\.text).sorted() }
        }

        func change(_ name: String, to text: String?) throws {
            let path = Layout.inbox / FileName(name)
            if try disk.exists(path) { try disk.remove(path) }
            if let text { try disk.create(path, holding: Array(text.utf8)) }
            disk.pass(seconds: 1)
        }
    }

    @Test(arguments: 0..<30) func `the same is taken, and the same stays`(_ seed: UInt64)
        async throws
    {
        var whole = try await Half(Rota())
        // Each kind of work is in turn the one that takes longest.
        var narrow = try await Half(
            Rota(
                reading: seed % 3 == 1 ? 20 : 1, small: seed % 3 == 2 ? 20 : 1,
                large: seed % 3 == 2 ? 20 : 1))
        var chance = SeededGenerator(seed: seed)
        let pictures = ["p.png", "q.png", "r.png"]
        let many = (0..<20).map { "p.png q.png m\($0).png" }.joined(separator: " ")
        let jobs = ["p.png", "q.png p.png", "r.png q.png", "bad", many, "p.png r.png"]
        for step in 0..<40 {
            for _ in 0..<3 {
                let isJob = Bool.random(using: &chance)
                let names =
                    isJob ? ["a.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml", "f.yaml"] : pictures
                let name = try #require(names.randomElement(using: &chance))
                let job = try #require(jobs.randomElement(using: &chance))
                let isGone = Int.random(in: 0..<5, using: &chance) == 0
                let text = isGone ? nil : isJob ? job : "picture \(step)"
                try whole.change(name, to: text)
                try narrow.change(name, to: text)
            }
            try await whole.work(looks: 8)
            try await narrow.work(looks: 40)
            #expect(whole.taken.sorted() == narrow.taken.sorted())
            #expect(try whole.inbox == narrow.inbox)
        }
        #expect(whole.taken.count > 10)
    }
}
