import Daemon
import Jobs
import Testing

@Suite struct DoorkeeperTests {
    private let disk = SimulatedDisk()

    private func doorkeeper(pictures: Int = 1000) throws -> Doorkeeper {
        try disk.createFolder(Layout.inbox)
        return Doorkeeper(files: disk, inspector: PlainInspector(), pictures: pictures)
    }

    private func put(_ path: String, _ text: String = "picture") throws {
        let file = try #require(Layout.inbox.beneath(path))
        if try disk.exists(file) { try disk.remove(file) }
        try disk.create(file, holding: Array(text.utf8))
    }

    private func verdict(
        _ doorkeeper: inout Doorkeeper, _ seconds: Double, job: String = "job.yaml"
    ) throws -> Verdict? {
        try doorkeeper.look(at: .seconds(seconds)).decisions
            .first { $0.submission.name.text == job }?.verdict
    }

    /// The verdict as if the pictures had been decoded.
    private func probed(
        _ doorkeeper: inout Doorkeeper, _ seconds: Double, bad: [String] = []
    ) throws -> Verdict? {
        guard case .probe(let request) = try verdict(&doorkeeper, seconds) else { return nil }
        doorkeeper.remember(bad.map { .init(picture: $0, reason: "is cut off") }, of: request)
        return try verdict(&doorkeeper, seconds)
    }

    @Test func `a job is taken when its files have been still for two seconds`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png")
        try put("a.png")
        #expect(try verdict(&doorkeeper, 0) == .settling(until: .seconds(2)))
        #expect(try verdict(&doorkeeper, 1.9) == .settling(until: .seconds(2)))
        #expect(try probed(&doorkeeper, 2) == .accept(nil))
    }

    @Test func `every change begins the wait anew`() throws {
        var doorkeeper = try doorkeeper()
        for second in 0..<20 {
            try put("job.yaml", String(repeating: "a", count: second + 1) + ".png")
            let expected = Verdict.settling(until: .seconds(second + 2))
            #expect(try verdict(&doorkeeper, Double(second)) == expected)
        }
    }

    @Test func `a growing picture holds its job back`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png")
        for second in 0..<5 {
            try put("a.png", "picture \(second)")
            _ = try verdict(&doorkeeper, Double(second))
        }
        #expect(try verdict(&doorkeeper, 5) == .settling(until: .seconds(6)))
    }

    @Test func `a picture that never stops growing fails its job, like one that is missing`() throws
    {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png")
        try put("other.yaml", "a.png b.png")
        for second in Array(stride(from: 0, to: 599, by: 30)) + [599] {
            try put("a.png", "picture \(second)")
            let until = Duration.seconds(min(second + 2, 600))
            #expect(try verdict(&doorkeeper, Double(second)) == .settling(until: until))
        }
        guard
            case .waiting(let reasons, let end, _) = try verdict(
                &doorkeeper, 599.5, job: "other.yaml")
        else {
            Issue.record("it does not wait")
            return
        }
        #expect(reasons == ["b.png is missing", "a.png is still changing"])
        #expect(end == .seconds(600))
        try put("a.png", "picture 600")
        for job in ["job.yaml", "other.yaml"] {
            guard case .accept(let failure?) = try verdict(&doorkeeper, 600, job: job) else {
                Issue.record("\(job) waits for ever")
                return
            }
            #expect(failure.code == "input.timeout")
            #expect(failure.message.contains("a.png is still changing"))
        }
    }

    @Test func `of very many missing files the first are named`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", (0..<300).map { "\($0).png" }.joined(separator: " "))
        _ = try verdict(&doorkeeper, 0)
        guard case .waiting(let reasons, _, let failure) = try verdict(&doorkeeper, 3) else {
            Issue.record("it does not wait")
            return
        }
        #expect(reasons.count == 100 && failure.message.hasSuffix("\nand 200 more"))
    }

    @Test func `a missing picture is waited for, then named`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png b.png")
        try put("b.png")
        _ = try verdict(&doorkeeper, 0)
        guard case .waiting(let reasons, let until, _) = try verdict(&doorkeeper, 3) else {
            Issue.record("it does not wait")
            return
        }
        #expect(reasons == ["a.png is missing"])
        #expect(until == .seconds(600))
        guard case .accept(let failure?) = try verdict(&doorkeeper, 600) else {
            Issue.record("it waits for ever")
            return
        }
        #expect(failure.code == "input.timeout")
        #expect(failure.message.contains("a.png"))
        try put("a.png")
        _ = try verdict(&doorkeeper, 601)
        #expect(try probed(&doorkeeper, 603) == .accept(nil))
    }

    @Test func `a picture that does not decode is given some time, then named`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png")
        try put("a.png")
        _ = try verdict(&doorkeeper, 0)
        guard case .waiting(let reasons, _, _) = try probed(&doorkeeper, 2, bad: ["a.png"]) else {
            Issue.record("it does not wait")
            return
        }
        #expect(reasons == ["a.png: is cut off"])
        guard case .accept(let failure?) = try verdict(&doorkeeper, 31) else {
            Issue.record("it waits for ever")
            return
        }
        #expect(failure.code == "picture.unreadable")
    }

    /// What comes of a look in which the pictures cannot be read.
    private func unreachable(_ doorkeeper: inout Doorkeeper, _ seconds: Double) throws -> Verdict? {
        guard case .probe(let request) = try verdict(&doorkeeper, seconds) else { return nil }
        doorkeeper.remember(
            [.init(picture: "a.png", reason: "cannot read", fault: .unreachable)], of: request)
        return try verdict(&doorkeeper, seconds)
    }

    @Test func `a picture that the machine does not let be read is tried again, and never fails`()
        throws
    {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png")
        try put("a.png")
        _ = try verdict(&doorkeeper, 0)
        for _ in 0..<2 {
            guard case .probe = try unreachable(&doorkeeper, 2) else {
                Issue.record("it is not tried again at once")
                return
            }
        }
        var tries = 0
        for second in stride(from: 2.0, to: 2000, by: 2) {
            guard let verdict = try unreachable(&doorkeeper, second) else { continue }
            tries += 1
            guard case .waiting(let reasons, let until, _) = verdict else {
                Issue.record("it does not wait")
                return
            }
            #expect(reasons == ["a.png: cannot read; it is tried again"])
            #expect(until > .seconds(100_000))
        }
        #expect((30...40).contains(tries))
        #expect(try probed(&doorkeeper, 3000) == .accept(nil))
    }

    @Test func `a damaged picture fails its job though another cannot be read`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png b.png")
        try put("a.png")
        try put("b.png")
        _ = try verdict(&doorkeeper, 0)
        guard case .probe(let request) = try verdict(&doorkeeper, 2) else {
            Issue.record("it is not probed")
            return
        }
        doorkeeper.remember(
            [
                .init(picture: "a.png", reason: "cannot read", fault: .unreachable),
                .init(picture: "b.png", reason: "is no picture"),
            ], of: request)
        guard case .accept(let failure?) = try verdict(&doorkeeper, 40) else {
            Issue.record("it waits")
            return
        }
        #expect(failure.message == "b.png: is no picture")
    }

    @Test func `a picture that ends too early may still be growing, and is waited for`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png")
        try put("a.png")
        _ = try verdict(&doorkeeper, 0)
        guard case .probe(let request) = try verdict(&doorkeeper, 2) else {
            Issue.record("it is not probed")
            return
        }
        let cut = WorkerEvent.Probed.Bad(picture: "a.png", reason: "is cut", fault: .truncated)
        doorkeeper.remember([cut], of: request)
        for second in [2.0, 31, 599] {
            guard case .waiting(let reasons, let until, _) = try verdict(&doorkeeper, second)
            else {
                Issue.record("it does not wait")
                return
            }
            #expect(reasons == ["a.png: is cut; more of it may come"])
            #expect(until == .seconds(600))
        }
        guard case .accept(let failure?) = try verdict(&doorkeeper, 600) else {
            Issue.record("it waits for ever")
            return
        }
        #expect(failure.code == "picture.unreadable" && failure.message == "a.png: is cut")
        try put("a.png", "the whole picture")
        _ = try verdict(&doorkeeper, 601)
        #expect(try probed(&doorkeeper, 603) == .accept(nil))
    }

    @Test func `a picture that changes is decoded again`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png")
        try put("a.png")
        _ = try verdict(&doorkeeper, 0)
        _ = try probed(&doorkeeper, 2, bad: ["a.png"])
        try put("a.png", "a better picture")
        #expect(try verdict(&doorkeeper, 3) == .settling(until: .seconds(5)))
        #expect(try probed(&doorkeeper, 5) == .accept(nil))
    }

    @Test func `pictures that crash the worker twice are at fault`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "a.png")
        try put("a.png")
        _ = try verdict(&doorkeeper, 0)
        for _ in 0..<2 {
            guard case .probe(let request) = try verdict(&doorkeeper, 2) else {
                Issue.record("it is not probed")
                return
            }
            doorkeeper.rememberCrash("it crashed", of: request)
        }
        guard case .waiting(let reasons, _, _) = try verdict(&doorkeeper, 2) else {
            Issue.record("it is probed for ever")
            return
        }
        #expect(reasons == ["a.png: it crashed"])
    }

    @Test func `a wrong job is taken at once, to be refused`() throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", "bad")
        #expect(try verdict(&doorkeeper, 0) == .settling(until: .seconds(2)))
        guard case .accept(let failure?) = try verdict(&doorkeeper, 2) else {
            Issue.record("it is not refused")
            return
        }
        #expect(failure.code == "job.invalid")
    }

    @Test(arguments: ["../x.png", "/etc/passwd", "a//b.png", "./a.png", "a/../../x.png"])
    func `paths that lead out of the folder are refused`(_ path: String) throws {
        var doorkeeper = try doorkeeper()
        try put("job.yaml", path)
        _ = try verdict(&doorkeeper, 0)
        guard case .accept(let failure?) = try verdict(&doorkeeper, 2) else {
            Issue.record("it is not refused")
            return
        }
        #expect(failure.code == "job.path")
    }

    @Test(arguments: [("*", 3), ("a.png b.png c.png", 3), ("a.png *", 4)])
    func `a job with too many files is refused before anybody decodes them`(
        _ job: String, _ count: Int
    ) throws {
        var doorkeeper = try doorkeeper(pictures: 2)
        try disk.createFolder(Layout.inbox / "album")
        for name in ["a", "b", "c"] { try put("album/\(name).png") }
        try put("album/job.yaml", job)
        _ = try verdict(&doorkeeper, 0, job: "album")
        guard case .accept(let failure?) = try verdict(&doorkeeper, 2, job: "album") else {
            Issue.record("it is not refused")
            return
        }
        #expect(failure.code == "job.invalid")
        #expect(failure.message == "the job names \(count) files; the daemon takes at most 2")
    }

    @Test func `a job with as many files as are allowed is probed`() throws {
        var doorkeeper = try doorkeeper(pictures: 2)
        try disk.createFolder(Layout.inbox / "album")
        for name in ["a", "b"] { try put("album/\(name).png") }
        try put("album/job.yaml", "*")
        _ = try verdict(&doorkeeper, 0, job: "album")
        guard case .probe(let request) = try verdict(&doorkeeper, 2, job: "album") else {
            Issue.record("it is not probed")
            return
        }
        #expect(request.paths == ["album/a.png", "album/b.png"])
    }

    @Test(arguments: [".job.yaml", "job.yaml~", "job.yaml.part", "job.yaml.tmp", "job.txt"])
    func `some names are left alone`(_ name: String) throws {
        var doorkeeper = try doorkeeper()
        try put(name, "nothing")
        #expect(try doorkeeper.look(at: .seconds(10)).decisions.isEmpty)
    }

    @Test func `a folder with a job takes every picture that fits`() throws {
        var doorkeeper = try doorkeeper()
        try disk.createFolder(Layout.inbox / "album")
        try put("album/a.png")
        #expect(try verdict(&doorkeeper, 0, job: "album") == nil)
        try put("album/job.yaml", "*")
        _ = try verdict(&doorkeeper, 1, job: "album")
        guard case .probe(let request) = try verdict(&doorkeeper, 3, job: "album") else {
            Issue.record("it is not probed")
            return
        }
        #expect(request.paths == ["album/a.png"])
    }

    @Test(arguments: ["job.yml", "JOB.YAML"])
    func `a folder may call its job so, but not have two`(_ name: String) throws {
        var doorkeeper = try doorkeeper()
        try disk.createFolder(Layout.inbox / "album")
        try put("album/\(name)", "nothing")
        _ = try verdict(&doorkeeper, 0, job: "album")
        #expect(try verdict(&doorkeeper, 2, job: "album") == .accept(nil))
        try put("album/job.yaml", "nothing")
        let both = [name, "job.yaml"].sorted().joined(separator: " and ")
        let expected = Verdict.refused("it has \(both); remove all but one")
        #expect(try verdict(&doorkeeper, 4, job: "album") == expected)
    }

    @Test func `what belongs to no job is a stray and is not touched`() throws {
        var doorkeeper = try doorkeeper()
        for folder in ["album", "empty", "named"] { try disk.createFolder(Layout.inbox / folder) }
        try put("album/job.yaml", "*")
        try put("album/c.png")
        try put("named/d.png")
        try put("job.yaml", "a.png missing.png named/d.png")
        for name in ["a.png", "b.PNG", "note.txt", ".hidden.png"] { try put(name) }
        let strays = try doorkeeper.look(at: .zero).strays
        #expect(strays.map(\.name.text) == ["b.PNG", "empty"])
        #expect(strays.map(\.kind) == [.picture, .folder])
        #expect(try disk.names(in: Layout.inbox).count == 8)
        var keeping = Doorkeeper(files: disk, inspector: PlainInspector(), keepsInputs: true)
        #expect(try keeping.look(at: .zero).strays.isEmpty)
    }
}
