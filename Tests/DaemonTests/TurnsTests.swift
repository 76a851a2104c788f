import Daemon
import Jobs
import Testing

/// More waits in the Inbox than one look may look at.
@Suite struct TurnsTests {
    private let disk = SimulatedDisk()
    /// With this every look looks for the files of one small job and of one large one.
    private static let narrow = Rota(small: 1, large: 1)

    private func doorkeeper(_ rota: Rota = narrow, quiet: Duration = .zero) -> Doorkeeper {
        Doorkeeper(
            files: disk, inspector: PlainInspector(), patience: Patience(quiet: quiet), rota: rota)
    }

    private func put(_ name: String, _ text: String = "picture") throws {
        try disk.create(Layout.inbox / FileName(name), holding: Array(text.utf8))
    }

    /// A job that names so many pictures, of which the first is there.
    private func putLarge(_ name: String, _ count: Int = 20) throws {
        try put("\(name)0.png")
        try put("\(name).yaml", (0..<count).map { "\(name)\($0).png" }.joined(separator: " "))
    }

    private func waiting(_ review: Review) -> [String] {
        review.decisions.compactMap { decision in
            if case .waiting = decision.verdict { decision.submission.jobName.text } else { nil }
        }
    }

    private func told(_ review: Review) -> [StatusDocument.Waiting] {
        review.decisions.compactMap(StatusDocument.Waiting.init)
    }

    @Test func `each look looks at as much as it may, and in the end all had their turn`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b", "c", "d"] { try putLarge(name) }
        var doorkeeper = doorkeeper()
        var seen: [[String]] = []
        for number in 0..<4 {
            let review = try doorkeeper.look(at: .zero)
            #expect(review.decisions.count == 4)
            #expect(told(review).filter { $0.waitsFor == ["its turn"] }.count == 3 - number)
            #expect(review.isUnfinished == (number < 3))
            #expect(review.nextLook(after: .zero) == (number < 3 ? .zero : .seconds(2)))
            seen.append(waiting(review))
        }
        #expect(
            seen == [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]])
    }

    @Test func `a small job has its turn beside any number of large ones`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b", "c", "d"] { try putLarge(name) }
        var doorkeeper = doorkeeper()
        for _ in 0..<6 { _ = try doorkeeper.look(at: .zero) }
        try put("z.png")
        try put("z.yaml", "z.png")
        let review = try doorkeeper.look(at: .seconds(1))
        #expect(review.probes.map(\.submission.jobName.text) == ["z"])
    }

    @Test func `none is given up before it was looked at`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b", "c"] { try putLarge(name) }
        var doorkeeper = doorkeeper()
        for _ in 0..<3 { _ = try doorkeeper.look(at: .zero) }
        for number in 1..<20 { try put("c\(number).png") }
        // The time is over for all of them.
        var accepted: [String] = []
        for look in 0..<3 {
            let review = try doorkeeper.look(at: .seconds(600))
            for decision in review.decisions {
                if case .accept(let failure) = decision.verdict {
                    accepted.append("\(decision.submission.jobName) \(failure?.code ?? "whole")")
                }
            }
            #expect(review.probes.count == (look == 2 ? 1 : 0))
        }
        #expect(accepted == ["a input.timeout", "b input.timeout"])
    }

    @Test func `no picture is told to be nobody's before all job files were looked at`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b", "c"] { try putLarge(name) }
        try put("stray.png")
        var doorkeeper = doorkeeper()
        func strays() throws -> [String] {
            try doorkeeper.look(at: .zero).strays.map(\.name.text)
        }
        #expect(try strays() == [])
        #expect(try strays() == [])
        #expect(try strays() == ["stray.png"])
        // It is told on while the next rounds go on, and one that comes later is when they have ended.
        try put("stray2.png")
        #expect(try strays() == ["stray.png"])
        #expect(try strays() == ["stray.png"])
        #expect(try strays() == ["stray.png", "stray2.png"])
    }

    @Test func `one that waits for room is told to do so at every look, and is nothing to do`()
        async throws
    {
        try disk.createFolder(Layout.inbox)
        for number in 0..<20 { try put("a\(number).png") }
        try put("a.yaml", (0..<20).map { "a\($0).png" }.joined(separator: " "))
        for name in ["b", "c"] { try putLarge(name) }
        let keeper = Keeper(spool: SimulatedDaemon.spool(on: disk), doorkeeper: doorkeeper())
        _ = try await keeper.recover()
        for _ in 0..<3 {
            let admission = try await keeper.admit(at: .zero, mayAccept: true, reserve: 1 << 60)
            for probe in admission.review.probes { await keeper.remember(.bad([]), of: probe) }
        }
        var ends = 0
        for _ in 0..<9 {
            let admission = try await keeper.admit(at: .zero, mayAccept: true, reserve: 1 << 60)
            let job = try #require(admission.review.decisions.first)
            #expect(job.obstacle?.hasPrefix("room on the disk") == true)
            #expect(admission.isCrowded && admission.accepted.isEmpty)
            #expect(admission.hasMore(canProbe: true) == admission.review.isUnfinished)
            ends += admission.review.isUnfinished ? 0 : 1
        }
        #expect(ends == 3)
        var accepted: [String] = []
        for _ in 0..<3 {
            accepted += try await keeper.admit(at: .zero, mayAccept: true, reserve: 0).accepted
                .map(\.name)
        }
        #expect(accepted == ["a"])
    }

    @Test func `what cannot be read takes no time from the others, and is told at every look`()
        throws
    {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b", "c"] {
            try put("\(name).yaml", String(repeating: "#", count: 100_000))
            disk.lock(Layout.inbox / FileName("\(name).yaml"))
        }
        var doorkeeper = doorkeeper(Rota(reading: 3))
        for look in 0..<6 {
            let review = try doorkeeper.look(at: .zero)
            let refused = review.decisions.filter { decision in
                if case .refused = decision.verdict { true } else { false }
            }
            // Two fit into one look.
            #expect(refused.count == (look == 0 ? 2 : 3))
            #expect(review.isUnfinished == (look % 2 == 0))
            #expect(!review.progress.isSettling || review.isUnfinished)
        }
    }

    @Test func `one that comes in the middle of a round is something to do when it is over`() throws
    {
        try disk.createFolder(Layout.inbox)
        for name in ["b", "c"] { try putLarge(name) }
        var doorkeeper = doorkeeper()
        #expect(try doorkeeper.look(at: .zero).isUnfinished)
        try putLarge("a")
        let last = try doorkeeper.look(at: .zero)
        #expect(!last.isUnfinished && last.progress.isSettling)
        let next = try doorkeeper.look(at: .zero)
        #expect(waiting(next) == ["a", "b", "c"])
    }

    @Test func `thousands of jobs are not taken at one look`() async throws {
        try disk.createFolder(Layout.inbox)
        for number in 0..<501 { try put("job\(1000 + number).yaml", "bad") }
        let keeper = Keeper(spool: SimulatedDaemon.spool(on: disk), doorkeeper: doorkeeper())
        _ = try await keeper.recover()
        let first = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(first.accepted.count == 500)
        #expect(first.hasMore(canProbe: false))
        #expect(first.review.nextLook(after: .zero) == .zero)
        #expect(first.review.decisions.last?.verdict == .complete)
        let second = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
        #expect(second.accepted.map(\.name) == ["job1500"])
        #expect(!second.hasMore(canProbe: false))
    }

    @Test func `one has its turn though others come without an end that come after it`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["m", "n"] { try putLarge(name) }
        var doorkeeper = doorkeeper()
        var looks = 0
        // The last of all was there before.
        try putLarge("zz")
        for look in 0..<20 {
            try putLarge("z\(10 + look)")
            if look == 2 { try putLarge("a") }
            looks = look
            if waiting(try doorkeeper.look(at: .zero)).contains("a") { break }
        }
        // Those of the round in which it came have their turns before.
        #expect((3...8).contains(looks))
    }

    @Test func `folders with many files have turns with what is large`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b"] {
            let folder = Layout.inbox / FileName(name)
            try disk.createFolder(folder)
            try disk.create(folder / "job.yaml", holding: Array("p.png".utf8))
            try disk.create(folder / "p.png", holding: Array("picture".utf8))
            for number in 0..<(name == "a" ? 20 : 2) {
                try disk.create(folder / FileName("\(number)"), holding: [1])
            }
        }
        try putLarge("_")
        var doorkeeper = doorkeeper()
        func probed() throws -> [String] {
            try doorkeeper.look(at: .zero).probes.map(\.submission.name.text)
        }
        #expect(try probed() == ["b"])
        #expect(try probed() == ["a", "b"])
    }

    @Test func `a picture that comes after its job had its turn is nobody's at no look`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b", "c"] { try putLarge(name) }
        var doorkeeper = doorkeeper()
        _ = try doorkeeper.look(at: .zero)
        try put("a7.png")
        try put("stray.png")
        var told: [[String]] = []
        for _ in 0..<5 { told.append(try doorkeeper.look(at: .zero).strays.map(\.name.text)) }
        // What is nobody's is known when a round is over at whose first look it was there.
        #expect(told == [[], [], [], [], ["stray.png"]])
    }

    @Test func `folders with much beneath them are not all looked through at once`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b", "c"] {
            let folder = Layout.inbox / FileName(name)
            try disk.createFolder(folder)
            try disk.createFolder(folder / "x")
            try disk.create(folder / "job.yaml", holding: Array("nothing".utf8))
            for number in 0..<30 {
                try disk.create(folder / "x" / FileName("\(number)"), holding: [1])
            }
        }
        var doorkeeper = doorkeeper(Rota(small: 20, large: 20))
        var looked: Set<String> = []
        for name in ["a", "b", "c"] {
            let complete = try doorkeeper.look(at: .zero).decisions.filter {
                $0.verdict == .accept(nil)
            }
            let names = complete.map(\.submission.name.text).filter { !looked.contains($0) }
            #expect(names == [name])
            looked.formUnion(names)
        }
    }

    /// Job files of so many bytes, of which one that is too large is not understood.
    @Test(arguments: [1, Layout.largestJobFile + 1])
    func `folders with closed files keep nobody from having a turn`(_ bytes: Int) throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b", "c", "d", "e"] {
            let folder = Layout.inbox / FileName(name)
            try disk.createFolder(folder)
            let text = "nothing" + String(repeating: " ", count: bytes)
            try disk.create(folder / "job.yaml", holding: Array(text.utf8))
            for number in 0..<8 { try disk.create(folder / FileName("\(number)"), holding: [1]) }
            disk.lock(folder / "7")
        }
        try putLarge("z")
        var doorkeeper = doorkeeper(Rota(small: 1000, large: 20))
        for _ in 0..<4 { _ = try doorkeeper.look(at: .zero) }
        let review = try doorkeeper.look(at: .zero)
        #expect(waiting(review) == ["z"])
        #expect(review.decisions.filter { $0.verdict.isRefusal }.count == 5)
        // What keeps a folder from being taken is all that is looked at again.
        disk.lock(Layout.inbox / "c" / "7", nil)
        disk.lock(Layout.inbox / "d" / "3")
        let next = try doorkeeper.look(at: .zero)
        #expect(next.decisions.filter { $0.verdict.isRefusal }.count == 4)
        #expect(next.decisions[2].submission.name.text == "c")
        #expect(!next.decisions[2].verdict.isRefusal)
    }

    @Test func `a folder that is not understood takes no turns from the others`() throws {
        try disk.createFolder(Layout.inbox)
        let folder = Layout.inbox / "a"
        try disk.createFolder(folder)
        try disk.create(folder / "job.yaml", holding: Array("bad".utf8))
        for number in 0..<30 { try disk.create(folder / FileName("\(number)"), holding: [1]) }
        disk.lock(folder / "7")
        for name in ["b", "c"] { try putLarge(name) }
        var doorkeeper = doorkeeper()
        for _ in 0..<4 { _ = try doorkeeper.look(at: .zero) }
        var ends = 0
        for _ in 0..<6 {
            let review = try doorkeeper.look(at: .zero)
            #expect(waiting(review) == ["b", "c"])
            #expect(
                review.decisions.first?.verdict
                    == .refused(
                        "Inbox/a/7 cannot be read: permission denied; check the owner and mode"))
            ends += review.isUnfinished ? 0 : 1
        }
        #expect(ends >= 2)
    }

    @Test func `what is left of thousands is something to do after the last look of a round`()
        async throws
    {
        try disk.createFolder(Layout.inbox)
        try put("p.png")
        for number in 0..<600 { try put("job\(1000 + number).yaml", "p.png") }
        // One look looks for the files of 505.
        let keeper = Keeper(
            spool: SimulatedDaemon.spool(on: disk), doorkeeper: doorkeeper(Rota(small: 1010)))
        _ = try await keeper.recover()
        var accepted: [Int] = []
        for _ in 0..<8 {
            let admission = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
            for probe in admission.review.probes { await keeper.remember(.bad([]), of: probe) }
            accepted.append(admission.accepted.count)
            let isLeft = accepted.reduce(0, +) < 600
            #expect(admission.hasMore(canProbe: true) == isLeft)
            if accepted.contains(500) {
                #expect((admission.review.nextLook(after: .zero) == .zero) == isLeft)
            }
            if accepted.reduce(0, +) == 600 { break }
        }
        #expect(accepted.filter { $0 > 0 } == [500, 95, 5])
    }

    @Test func `what cannot be taken when it has its turn is told, and is nothing to do`()
        async throws
    {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b"] { try putLarge(name) }
        for number in 1..<20 { try put("a\(number).png") }
        let keeper = Keeper(spool: SimulatedDaemon.spool(on: disk), doorkeeper: doorkeeper())
        _ = try await keeper.recover()
        for _ in 0..<2 {
            let admission = try await keeper.admit(at: .zero, mayAccept: true, reserve: 1 << 60)
            for probe in admission.review.probes { await keeper.remember(.bad([]), of: probe) }
        }
        disk.leaveRoom(for: 0)
        var ends: [Bool] = []
        for _ in 0..<6 {
            let admission = try await keeper.admit(at: .zero, mayAccept: true, reserve: 0)
            #expect(admission.accepted.isEmpty)
            if !admission.review.isUnfinished { ends.append(admission.hasMore(canProbe: true)) }
        }
        #expect(ends == [false, false, false])
    }

    @Test func `pictures that are being decoded are not asked for anew`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b"] {
            for number in 0..<20 { try put("\(name)\(number).png") }
            try put("\(name).yaml", (0..<20).map { "\(name)\($0).png" }.joined(separator: " "))
        }
        var doorkeeper = doorkeeper()
        for _ in 0..<2 { _ = try doorkeeper.look(at: .zero) }
        let probes = try doorkeeper.look(at: .zero).probes
        #expect(probes.map(\.submission.jobName.text) == ["a", "b"])
        for probe in probes { doorkeeper.remember([], of: probe) }
        // Whoever has no turn is not decoded twice.
        #expect(try doorkeeper.look(at: .zero).probes.isEmpty)
    }
}

extension Verdict {
    fileprivate var isRefusal: Bool {
        if case .refused = self { true } else { false }
    }
}
