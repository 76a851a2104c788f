import Daemon
import Jobs
import Testing

/// A job file that comes after a look at the Inbox and names the picture of a job that ends before the
/// next one.
@Suite struct LateJobFileTests {
    private let disk = SimulatedDisk()
    private let identifiers = SimulatedDaemon.Counter()
    /// Seconds that have passed.
    private let clock = SimulatedDaemon.Counter()
    private let picture = Layout.inbox / "p.png"

    private func keeper(_ rota: Rota = Rota()) -> Keeper {
        let spool = Spool(
            files: disk, inspector: PlainInspector(), settings: SpoolSettings(),
            now: { [clock] in 1e9 + Double(clock.next) },
            identify: { [identifiers] _ in
                identifiers.next += 1
                return "20260101-000000-00000\(identifiers.next)"
            })
        let doorkeeper = Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: .zero), rota: rota)
        return Keeper(spool: spool, doorkeeper: doorkeeper)
    }

    /// The keeper when one job is published and not closed, and what waiting jobs name is known.
    private func published(
        _ picture: String = "p.png", _ rota: Rota = Rota()
    ) async throws -> (Keeper, JobRecord) {
        try disk.fillInbox([
            "a.yaml": picture, picture: "picture", "b.yaml": "q.png", "q.png": "q",
        ])
        let keeper = keeper(rota)
        _ = try await keeper.recover()
        var taken: [JobRecord] = []
        while taken.count < 2 {
            let admission = try await look(keeper)
            taken += admission.accepted
            for probe in admission.review.probes { await keeper.remember(.bad([]), of: probe) }
        }
        var done: [JobRecord] = []
        for accepted in taken {
            var record = try #require(try await keeper.advance(accepted))
            record = try await keeper.begin(record)
            let failure = JobFailure(.job, "numerics", "it failed")
            record = try await keeper.end(record, AttemptReport(.failed(failure)))
            while record.state.kind != .done {
                record = try #require(try await keeper.advance(record))
            }
            done.append(record)
        }
        #expect(done.map(\.name) == ["a", "b"])
        // The end of the other one is the first to ask what waiting jobs name.
        let other = try #require(done.last)
        #expect(try await keeper.advance(other) == nil)
        return (keeper, try #require(done.first))
    }

    private func look(_ keeper: Keeper) async throws -> Admission {
        try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
    }

    private func write(_ text: String, to name: String) throws {
        try disk.create(Layout.inbox / FileName(name), holding: Array(text.utf8))
    }

    @Test func `it gets the picture back that was there when it came`() async throws {
        let (keeper, record) = try await published()
        try write("p.png", to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        #expect(try !disk.exists(picture))
        let admission = try await look(keeper)
        #expect(admission.problems.isEmpty)
        #expect(try disk.text(of: picture) == "picture")
        // The look has decided without the picture: with `--once` there has to be another one.
        #expect(admission.hasMore(canProbe: false))
        for probe in try await look(keeper).review.probes {
            await keeper.remember(.bad([]), of: probe)
        }
        #expect(try await look(keeper).accepted.map(\.name) == ["late"])
    }

    @Test func `it gets the picture back when it is its turn to be looked at`() async throws {
        let (keeper, record) = try await published("p.png", Rota(large: 1))
        let missing = (0..<20).map { " m\($0).png" }.joined()
        try write("n.png" + missing, to: "first.yaml")
        try write("p.png" + missing, to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        #expect(try await look(keeper).review.isUnfinished)
        #expect(try !disk.exists(picture))
        _ = try await look(keeper)
        #expect(try disk.text(of: picture) == "picture")
    }

    @Test func `it is not given up at the look that gives the picture back`() async throws {
        let (keeper, record) = try await published("p.png", Rota(large: 1))
        let names = (0..<20).map { "m\($0).png" }
        for name in names { try write("picture", to: name) }
        try write("n.png" + (0..<20).map { " o\($0).png" }.joined(), to: "first.yaml")
        try write("p.png " + names.joined(separator: " "), to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        _ = try await look(keeper)
        // It has its turn after all the time that it may wait.
        var admission = try await keeper.admit(
            at: .seconds(1000), mayAccept: true, reserve: 0)
        #expect(admission.accepted.isEmpty)
        #expect(try disk.text(of: picture) == "picture")
        var accepted: [JobRecord] = []
        for second in 1001..<1006 where accepted.isEmpty {
            admission = try await keeper.admit(
                at: .seconds(second), mayAccept: true, reserve: 0)
            for probe in admission.review.probes { await keeper.remember(.bad([]), of: probe) }
            accepted += admission.accepted.filter { $0.name == "late" }
        }
        #expect(accepted.first?.state == .accepted)
    }

    @Test func `it gets the picture back although it is read long after others were looked for`()
        async throws
    {
        let (keeper, record) = try await published("p.png", Rota(reading: 1, large: 1))
        let missing = (0..<20).map { " m\($0).png" }.joined()
        for name in ["c", "d", "e", "f", "g"] { try write("n.png" + missing, to: "\(name).yaml") }
        try write("p.png" + missing, to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        var looks = 0
        while try !disk.exists(picture), looks < 30 {
            _ = try await look(keeper)
            looks += 1
        }
        // Six looks read, and each is one of those that look for the files of one job.
        #expect((7...14).contains(looks))
        #expect(try disk.text(of: picture) == "picture")
    }

    /// What one of its files hides says nothing of the others.
    @Test func `it gets the picture back although another one cannot be looked at`() async throws {
        let (keeper, record) = try await published()
        let folder = Layout.inbox / "sub"
        try disk.createFolder(folder)
        try disk.create(folder / "y.png", holding: [1])
        try write("sub/y.png p.png", to: "late.yaml")
        disk.lock(folder)
        #expect(try await keeper.advance(record) == nil)
        _ = try await look(keeper)
        #expect(try disk.text(of: picture) == "picture")
        #expect(try await look(keeper).review.strays.isEmpty)
    }

    @Test func `it gets the picture back when it can be read again and has its turn`() async throws
    {
        let (keeper, record) = try await published("p.png", Rota(large: 1))
        let missing = (0..<20).map { " m\($0).png" }.joined()
        for name in ["c", "d"] { try write("n.png" + missing, to: "\(name).yaml") }
        try write("p.png" + missing, to: "late.yaml")
        disk.damage(Layout.inbox / "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        // Two rounds of two looks.
        for _ in 0..<4 { _ = try await look(keeper) }
        #expect(try !disk.exists(picture))
        disk.lock(Layout.inbox / "late.yaml", nil)
        for _ in 0..<3 { _ = try await look(keeper) }
        #expect(try disk.text(of: picture) == "picture")
    }

    @Test func `its picture stays where no look has come for a second, as in a drain`() async throws
    {
        let (keeper, record) = try await published()
        try write("p.png", to: "late.yaml")
        clock.next += 1
        #expect(try await keeper.advance(record) == nil)
        #expect(try disk.text(of: picture) == "picture")
    }

    @Test func `it gets the picture back from the next daemon, where this one does not look again`()
        async throws
    {
        let (keeper, record) = try await published()
        try write("p.png", to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        // As long as others may work on.
        disk.pass(seconds: 600)
        try await lookAnew()
        #expect(try disk.text(of: picture) == "picture")
    }

    @Test func `the next daemon leaves where it is what this one has asked for`() async throws {
        let (keeper, record) = try await published()
        #expect(try await keeper.advance(record) == nil)
        disk.pass(seconds: 1)
        _ = try await look(keeper)
        // A clock that is put back makes what comes later seem to be earlier.
        disk.pass(seconds: -20)
        try write("p.png", to: "late.yaml")
        try await lookAnew()
        #expect(try !disk.exists(picture))
    }

    @Test func `what left in the future of a wrong clock stays where it is`() async throws {
        let (keeper, record) = try await published()
        disk.pass(seconds: 2_000_000_000)
        #expect(try await keeper.advance(record) == nil)
        disk.pass(seconds: -2_000_000_000)
        try write("p.png", to: "late.yaml")
        try await lookAnew()
        #expect(try !disk.exists(picture))
    }

    /// What the first look of the next daemon does.
    private func lookAnew() async throws {
        let next = keeper()
        _ = try await next.recover()
        _ = try await look(next)
    }

    /// Lets the last step of a job's end fail.
    private func failAtEnd(of record: JobRecord, _ keeper: Keeper) async throws {
        // What is left there cannot be removed.
        try disk.createFolder(Layout.done / record.id)
        try disk.create(Layout.done / record.id / "rest", holding: [])
        disk.fill(1, at: "rest")
        await #expect(throws: DaemonError.self) { try await keeper.advance(record) }
        #expect(try !disk.exists(picture))
    }

    @Test func `it gets the picture back where the end of the other job fails`() async throws {
        let (keeper, record) = try await published()
        try write("p.png", to: "late.yaml")
        try await failAtEnd(of: record, keeper)
        _ = try await look(keeper)
        #expect(try disk.text(of: picture) == "picture")
        #expect(try await keeper.advance(record) == nil)
        #expect(try disk.text(of: picture) == "picture")
    }

    @Test func `it gets the picture back where the next daemon ends the other job`() async throws {
        let (keeper, record) = try await published()
        try write("p.png", to: "late.yaml")
        try await failAtEnd(of: record, keeper)
        let next = self.keeper()
        let found = try #require(try await next.recover().first)
        // By now it waits like all others of which nothing is there.
        #expect(try await look(next).review.waitingRoom.count == 1)
        #expect(try await next.advance(found) == nil)
        _ = try await look(next)
        #expect(try disk.text(of: picture) == "picture")
    }

    @Test func `what is done to a picture after it has left makes it no younger`() async throws {
        let (keeper, record) = try await published()
        #expect(try await keeper.advance(record) == nil)
        try write("p.png", to: "late.yaml")
        let taken = Layout.done / record.id / "taken"
        let name = try #require(try disk.names(in: taken).first)
        // As if its owner, its mode or the number of its links changed.
        disk.touch(taken / name)
        try await lookAnew()
        #expect(try !disk.exists(picture))
    }

    @Test func `it gets the picture when there is room again`() async throws {
        let (keeper, record) = try await published()
        try write("p.png", to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        disk.fill(3, at: "\(record.id)/taken")
        for _ in 0..<3 {
            // Until old work is looked for again.
            clock.next += 60
            #expect(try await look(keeper).problems.count == 1)
            #expect(try !disk.exists(picture))
            // Nothing else stays for its sake.
            #expect(try disk.names(in: Layout.done).map(\.text) == [record.id])
        }
        _ = try await look(keeper)
        #expect(try disk.text(of: picture) == "picture")
    }

    @Test func `it gets the picture when there is room again and it has its turn`() async throws {
        let (keeper, record) = try await published("p.png", Rota(large: 1))
        let missing = (0..<20).map { " m\($0).png" }.joined()
        for name in ["c", "d"] { try write("n.png" + missing, to: "\(name).yaml") }
        try write("p.png" + missing, to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        disk.fill(1, at: "\(record.id)/taken")
        var problems = 0
        // It is told until it is mended.
        for _ in 0..<4 { problems = try await look(keeper).problems.count }
        #expect(problems == 1)
        #expect(try !disk.exists(picture))
        for _ in 0..<3 { _ = try await look(keeper) }
        #expect(try disk.text(of: picture) == "picture")
    }

    @Test func `it gets the picture from the next daemon when there is room again`() async throws {
        let (keeper, record) = try await published()
        try write("p.png", to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        disk.fill(1, at: "taken")
        disk.pass(seconds: 600)
        #expect(try await look(keeper).problems.count == 1)
        disk.pass(seconds: 600)
        try await lookAnew()
        #expect(try disk.text(of: picture) == "picture")
    }

    @Test func `one that has gone gets none back`() async throws {
        let (keeper, record) = try await published()
        try write("p.png", to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        disk.fill(1, at: "taken")
        #expect(try await look(keeper).problems.count == 1)
        try disk.remove(Layout.inbox / "late.yaml")
        for _ in 0..<2 { #expect(try await look(keeper).problems.isEmpty) }
        #expect(try !disk.exists(picture))
    }

    @Test func `a folder that has become a file keeps nobody waiting`() async throws {
        let (keeper, record) = try await published("sub/p.png")
        try write("sub/p.png", to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        try disk.remove(Layout.inbox / "sub")
        try write("a file", to: "sub")
        #expect(try await look(keeper).problems.isEmpty)
        #expect(try disk.text(of: Layout.inbox / "sub") == "a file")
    }

    @Test func `one that comes after the picture has left waits for another one`() async throws {
        let (keeper, record) = try await published()
        #expect(try await keeper.advance(record) == nil)
        try write("p.png", to: "late.yaml")
        for _ in 0..<2 { _ = try await look(keeper) }
        #expect(try !disk.exists(picture))
    }

    @Test func `a picture that came meanwhile is not replaced`() async throws {
        let (keeper, record) = try await published()
        try write("p.png", to: "late.yaml")
        #expect(try await keeper.advance(record) == nil)
        try write("another picture", to: "p.png")
        _ = try await look(keeper)
        #expect(try disk.text(of: picture) == "another picture")
    }
}
