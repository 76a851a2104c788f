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

    @Test func `each look looks at as much as it may, and in the end all had their turn`() throws {
        try disk.createFolder(Layout.inbox)
        for name in ["a", "b", "c", "d"] { try putLarge(name) }
        var doorkeeper = doorkeeper()
        var seen: [[String]] = []
        for number in 0..<4 {
            let review = try doorkeeper.look(at: .zero)
            #expect(review.decisions.count == 4)
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
