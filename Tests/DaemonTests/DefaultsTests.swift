import Daemon
import Jobs
import Synchronization
import Testing

/// Thousands of jobs with the same defaults, there or not: none is read again without a reason.
@Suite struct DefaultsTests {
    private let disk = SimulatedDisk()
    private let defaults = Layout.inbox / "common" / "lab.yaml"

    /// Understands jobs as `PlainInspector` does, once their defaults are there, and counts how often it
    /// reads each.
    private final class CountingInspector: JobInspecting {
        let counts = Mutex<[String: Int]>([:])

        func inspect(
            _ content: [UInt8], name: String, isFolder: Bool, defaults: (String) -> [UInt8]?
        ) throws(JobFailure) -> JobNeeds {
            let text = String(decoding: content.prefix(100), as: UTF8.self)
            counts.withLock { $0[text, default: 0] += 1 }
            guard text.hasPrefix("d.png") else {
                return try PlainInspector().inspect(
                    content, name: name, isFolder: isFolder, defaults: defaults)
            }
            guard let lab = defaults("common/lab.yaml") else {
                return JobNeeds(others: ["common/lab.yaml"], isPartial: true)
            }
            if lab == Array("prior".utf8) { throw JobFailure(.job, "job.invalid", "half of it") }
            return JobNeeds(pictures: ["d.png"], others: ["common/lab.yaml"])
        }

        func names(in content: [UInt8], defaults: (String) -> [UInt8]?) -> [String] { [] }
    }

    private let inspector = CountingInspector()

    private let identifiers = SimulatedDaemon.Counter()

    private func keeper(quiet: Duration = .zero, _ rota: Rota = Rota()) async throws -> Keeper {
        let spool = Spool(
            files: disk, inspector: inspector, settings: SpoolSettings(), now: { 1e9 },
            identify: { [identifiers] _ in
                identifiers.next += 1
                return "20260101-000000-00000\(identifiers.next)"
            })
        let keeper = Keeper(
            spool: spool,
            doorkeeper: Doorkeeper(
                files: disk, inspector: inspector, patience: Patience(quiet: quiet), rota: rota))
        _ = try await keeper.recover()
        return keeper
    }

    private func put(_ name: String, _ text: String = "picture") throws {
        try disk.create(Layout.inbox / FileName(name), holding: Array(text.utf8))
    }

    private func look(_ keeper: Keeper, at seconds: Int = 0) async throws -> Admission {
        try await keeper.admit(at: .seconds(seconds), mayAccept: true, reserve: 0)
    }

    /// Takes the jobs that can begin and lets them fail, all but their very ends.
    private func publish(_ keeper: Keeper, count: Int = 1) async throws -> [JobRecord] {
        var taken: [JobRecord] = []
        for _ in 0..<9 where taken.count < count {
            let admission = try await look(keeper)
            taken += admission.accepted
            for probe in admission.review.probes { await keeper.remember(.bad([]), of: probe) }
        }
        var done: [JobRecord] = []
        for accepted in taken {
            let copied = try #require(try await keeper.advance(accepted))
            let failure = JobFailure(.job, "numerics", "it failed")
            var record = try await keeper.end(
                try await keeper.begin(copied), AttemptReport(.failed(failure)))
            while record.state.kind != .done {
                record = try #require(try await keeper.advance(record))
            }
            done.append(record)
        }
        return done
    }

    /// Takes the jobs that can begin, lets them fail and ends them.
    private func runJob(_ keeper: Keeper) async throws {
        for record in try await publish(keeper) { #expect(try await keeper.advance(record) == nil) }
    }

    private func putDefaults(_ text: String = "prior: mnist") throws {
        if try !disk.exists(defaults.parent) { try disk.createFolder(defaults.parent) }
        try disk.create(defaults, holding: Array(text.utf8))
    }

    private func count(_ text: String) -> Int { inspector.counts.withLock { $0[text] ?? 0 } }

    @Test func `a job is read again when something happens to its defaults`() async throws {
        let keeper = try await keeper()
        try put("waits.yaml", "d.png")
        var expected = 0
        func expectOneReading(_ comment: Comment) async throws {
            expected += 1
            for _ in 0..<3 { _ = try await look(keeper) }
            #expect(count("d.png") == expected, comment)
        }
        try await expectOneReading("without defaults")
        try putDefaults()
        try await expectOneReading("defaults came")
        disk.append(" # more", to: defaults)
        try await expectOneReading("defaults changed")
        try disk.remove(defaults)
        try await expectOneReading("defaults have gone")
    }

    @Test func `the ends of other jobs do not read it again`() async throws {
        let keeper = try await keeper()
        try putDefaults()
        try put("waits.yaml", "d.png")
        for number in 0..<3 {
            try put("p\(number).png")
            try put("goes\(number).yaml", "p\(number).png")
            try await runJob(keeper)
            #expect(try !disk.exists(Layout.inbox / FileName("p\(number).png")))
        }
        #expect(count("d.png") == 1)
    }

    @Test func `a job that comes at the end of another gets the picture and the defaults of both`()
        async throws
    {
        let keeper = try await keeper()
        try putDefaults()
        for (name, text) in [
            ("a.yaml", "d.png"), ("b.yaml", "q.png"), ("d.png", "d"), ("q.png", "q"),
        ] { try put(name, text) }
        let done = try await publish(keeper, count: 2)
        #expect(done.map(\.name) == ["a", "b"])
        // The end of the other one is the first to ask what waiting jobs name.
        #expect(try await keeper.advance(try #require(done.last)) == nil)
        try put("late.yaml", "d.png # late")
        #expect(try await keeper.advance(try #require(done.first)) == nil)
        #expect(try !disk.exists(defaults) && !disk.exists(Layout.inbox / "d.png"))
        for _ in 0..<2 { _ = try await look(keeper) }
        #expect(try disk.exists(defaults) && disk.exists(Layout.inbox / "d.png"))
        #expect(try await publish(keeper).map(\.name) == ["late"])
    }

    @Test func `large defaults of many do not keep others from being read`() async throws {
        let keeper = try await keeper(Rota(reading: 300))
        try putDefaults("prior: mnist # " + String(repeating: "x", count: 10_000))
        for number in 0..<20 { try put("m\(number).yaml", "d.png \(number)") }
        try put("z.png")
        try put("z.yaml", "z.png")
        #expect(try await look(keeper).review.probes.map(\.submission.jobName.text) == ["z"])
        for _ in 0..<12 { _ = try await look(keeper) }
        // Those that waited for their turn have begun to be read, and are once.
        #expect((0..<20).allSatisfy { (1...12).contains(count("d.png \($0)")) })
        let before = (0..<20).map { count("d.png \($0)") }
        _ = try await look(keeper)
        #expect(before == (0..<20).map { count("d.png \($0)") })
    }

    /// What it names besides them is known when they are back, and then others have their turn first.
    @Test func `a job whose defaults come back in the middle of a round gets its picture as well`()
        async throws
    {
        let keeper = try await keeper(Rota(small: 1))
        try putDefaults()
        for (name, text) in [
            ("a.yaml", "d.png"), ("b.yaml", "q.png"), ("d.png", "d"), ("q.png", "q"),
        ] { try put(name, text) }
        let done = try await publish(keeper, count: 2)
        #expect(try await keeper.advance(try #require(done.last)) == nil)
        try put("j.yaml", "d.png # late")
        for name in ["k", "l"] {
            try put("\(name).png")
            try put("\(name).yaml", "\(name).png missing.png")
        }
        #expect(try await keeper.advance(try #require(done.first)) == nil)
        #expect(try !disk.exists(defaults) && !disk.exists(Layout.inbox / "d.png"))
        for _ in 0..<6 { _ = try await look(keeper) }
        #expect(try disk.exists(defaults) && disk.exists(Layout.inbox / "d.png"))
    }

    @Test func `a small job with large defaults is read beside any that cannot be`() async throws {
        let keeper = try await keeper(Rota(reading: 1))
        try putDefaults("prior: mnist # " + String(repeating: "x", count: 10_000))
        for (name, bytes) in [("l", 100_000), ("s", 10)] {
            for number in 0..<3 {
                let name = "\(name)\(number).yaml"
                try put(name, String(repeating: "#", count: bytes))
                disk.lock(Layout.inbox / FileName(name))
            }
        }
        try put("d.png")
        try put("m.yaml", "d.png")
        var probed: Set<String> = []
        for _ in 0..<12 {
            probed.formUnion(try await look(keeper).review.probes.map(\.submission.jobName.text))
        }
        #expect(probed == ["m"])
    }

    @Test func `a job with small defaults is read with the small ones`() async throws {
        let keeper = try await keeper(Rota(reading: 300))
        try putDefaults()
        for number in 0..<9 {
            try put("a\(number).yaml", "m.png " + String(repeating: "# ", count: 10_000))
        }
        try put("d.png")
        try put("z.yaml", "d.png")
        #expect(try await look(keeper).review.probes.map(\.submission.jobName.text) == ["z"])
    }

    @Test func `what defaults that are half written may name is nobody's stray`() async throws {
        let keeper = try await keeper(quiet: .seconds(2))
        try put("waits.yaml", "d.png")
        try put("d.png")
        _ = try await look(keeper, at: 0)
        try putDefaults("prior")
        #expect(try await look(keeper, at: 10).review.strays.isEmpty)
        disk.append(": mnist", to: defaults)
        #expect(try await look(keeper, at: 20).review.strays.isEmpty)
    }

    @Test(arguments: [false, true])
    func `a job does not fail while its defaults are written`(_ isLeft: Bool) async throws {
        let keeper = try await keeper(quiet: .seconds(2))
        try put("waits.yaml", "d.png")
        for time in [0, 10] { _ = try await look(keeper, at: time) }
        try putDefaults("prior")
        #expect(try await look(keeper, at: 20).accepted.isEmpty)
        if !isLeft { disk.append(": mnist", to: defaults) }
        #expect(try await look(keeper, at: 21).accepted.isEmpty)
        // What stays as it is, is what the job has.
        #expect(try await look(keeper, at: 23).accepted.count == (isLeft ? 1 : 0))
    }

    @Test(.timeLimit(.minutes(1)))
    func `a great deal that cannot be understood keeps pictures and nobody waiting`() async throws {
        let keeper = try await keeper()
        let riddle = "d.png " + String(repeating: "# nothing ", count: 20_000)
        for number in 0..<50 { try put("riddle\(number).yaml", riddle + "\(number)") }
        let names = (0..<200).map { "p\($0).png" }
        for name in names { try put(name) }
        try put("goes.yaml", names.joined(separator: " "))
        // To look for each name in each of them would take many minutes.
        try await runJob(keeper)
        #expect(try disk.exists(Layout.inbox / "p0.png"))
        for number in 0..<50 { try disk.remove(Layout.inbox / FileName("riddle\(number).yaml")) }
        try put("again.yaml", "p0.png")
        try await runJob(keeper)
        #expect(try !disk.exists(Layout.inbox / "p0.png"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `as much as is looked through takes no time`() async throws {
        let keeper = try await keeper()
        for number in 0..<10 {
            let text = String(repeating: "# nothing ", count: 10_000)
            try put("riddle\(number).yaml", "d.png \(text) named\(number).png")
        }
        let names = (0..<1000).map { "p\($0).png" } + ["named7.png"]
        for name in names.dropFirst() { try put(name) }
        try put("goes.yaml", names.dropFirst().joined(separator: " "))
        try await runJob(keeper)
        #expect(
            try disk.names(in: Layout.inbox).filter { $0.text.hasSuffix(".png") }.map(\.text) == [
                "named7.png"
            ])
    }
}
