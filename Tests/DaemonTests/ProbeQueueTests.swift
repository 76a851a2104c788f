import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// Whose pictures are decoded next.
@Suite struct ProbeQueueTests {
    /// A submission with so many pictures of so many bytes.
    private func request(_ name: String, _ count: Int, bytes: Int = 1000) -> ProbeRequest {
        let pictures = (0..<count).map { number in
            (
                Layout.inbox / name / "\(1000 + number).png",
                FileStamp(kind: .file, inode: 1, bytes: bytes, modified: 1, changed: 1)
            )
        }
        return ProbeRequest(
            submission: Submission(name: FileName(name), isFolder: true),
            pictures: Dictionary(uniqueKeysWithValues: pictures))
    }

    /// The names of submissions in the order in which their slices come when each is quick.
    private func order(_ queue: ProbeQueue) -> [String] {
        var queue = queue
        var names: [String] = []
        while let slice = queue.next(at: .zero) {
            names.append(slice.request.submission.name.text)
            queue.end(slice, .bad([]))
        }
        return names
    }

    @Test func `after a part of many pictures it is another job's turn`() {
        var queue = ProbeQueue()
        queue.note([request("many", 50), request("one", 1), request("two", 20)])
        #expect(order(queue) == ["many", "one", "two", "many", "two", "many", "many"])
    }

    /// Nobody waits for more than one part of each of the others.
    private func expectFair(_ names: [String]) {
        let all = Set(names)
        #expect(Set(names.prefix(all.count)) == all, "\(names)")
    }

    @Test func `nobody waits for more than one part of each other job`() {
        var queue = ProbeQueue()
        queue.note([request("a", 90), request("b", 1), request("c", 40), request("d", 16)])
        expectFair(order(queue))
    }

    @Test func `the law notices a queue that takes one job after the other`() {
        withKnownIssue { expectFair(["a", "a", "a", "b", "c"]) }
    }

    @Test func `large pictures come in smaller parts, and no size is too large`() {
        var queue = ProbeQueue()
        queue.note([request("large", 4, bytes: 16 << 20), request("small", 1)])
        #expect(order(queue) == ["large", "small", "large"])
        queue = ProbeQueue()
        queue.note([request("sparse", 3, bytes: .max)])
        #expect(order(queue) == ["sparse", "sparse", "sparse"])
    }

    @Test func `every picture is decoded once, and what is bad is told at the end`() throws {
        var queue = ProbeQueue()
        let many = request("many", 50)
        queue.note([many])
        var paths: [String] = []
        var whole: ProbeAnswer?
        while let slice = queue.next(at: .zero) {
            #expect(whole == nil)
            // A look in between changes nothing.
            queue.note([many])
            paths += slice.paths
            let answer = ProbeAnswer.bad([.init(picture: slice.paths[0], reason: "is bad")])
            whole = slice.whole(answer)
            queue.end(slice, answer)
        }
        #expect(paths == many.paths)
        guard case .bad(let bad) = try #require(whole) else {
            Issue.record("\(String(describing: whole))")
            return
        }
        #expect(bad.map(\.picture) == [0, 16, 32, 48].map { many.paths[$0] })
    }

    @Test func `beside slow pictures others are decoded, but not too many`() {
        var queue = ProbeQueue()
        queue.note((0..<5).map { request("job\($0)", 1) })
        #expect(queue.nextTime == .zero)
        let first = queue.next(at: .seconds(10))
        #expect(queue.nextTime == .seconds(11))
        let begun = [10.9, 11, 11, 12, 100].map { queue.next(at: .seconds($0)) }
        let names = begun.map { $0?.request.submission.name.text }
        #expect(names == [nil, "job1", nil, "job2", nil])
        #expect(queue.nextTime == nil)
        if let first { queue.end(first, .bad([])) }
        let fourth = queue.next(at: .seconds(100))
        #expect(fourth?.request.submission.name.text == "job3")
    }

    @Test func `what is not wanted any more is forgotten, and what has changed begins anew`() {
        var queue = ProbeQueue()
        queue.note([request("a", 20), request("b", 1)])
        let slice = queue.next(at: .zero)
        queue.note([request("a", 3)])
        if let slice { queue.end(slice, .bad([])) }
        // It comes back with the old pictures, until the next look.
        queue.note([request("a", 3)])
        let next = queue.next(at: .zero)
        #expect(next?.request == request("a", 3))
        #expect(next?.isLast == true)
        #expect(!queue.isWaiting)
        queue.note([request("c", 1)])
        queue.clear()
        #expect(!queue.isWaiting && !queue.isIdle)
    }

    @Test func `a picture that takes for ever holds up its own job only`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            let source = root.appending(path: "slow.png")
            try Data("takes for ever".utf8).write(to: source)
            _ = try Submitter(files: LinuxFileSystem(root: root.path)).submit(
                Array(SampleJobs.text(["slow.png"]).utf8), name: "slow",
                inputs: [("slow.png", source.path)], tag: "slow")
            try daemon.start()
            daemon.wait { daemon.workers.count == 1 }
            for name in ["x", "y"] { try SampleJobs.submit(name, to: root) }
            daemon.wait { daemon.results.count == 2 }
            #expect(!daemon.results.contains { $0.hasSuffix(".failed") })
            #expect(daemon.kill(with: SIGKILL) == nil)
        }
    }
}
