import Daemon
import Foundation
import TestSupport
import Testing

@Suite struct OutOfMemoryCountTests {
    private func count(_ files: [String: String]) throws -> Int? {
        try withTemporaryDirectory { root in
            for (path, text) in files {
                let file = root.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            return OutOfMemoryCount.read(root: root.path + "/")
        }
    }

    @Test func `the control group counts before the machine`() throws {
        let machine = "oom_kill_disable 9\noom_kill 7\n"
        #expect(try count(["proc/vmstat": machine]) == 7)
        let group = [
            "proc/vmstat": machine, "proc/self/cgroup": "0::/system.slice/sluiced.service\n",
            "sys/fs/cgroup/system.slice/sluiced.service/memory.events": "oom 1\noom_kill 2\n",
        ]
        #expect(try count(group) == 2)
    }

    @Test func `where nothing is counted nothing is claimed`() throws {
        #expect(try count([:]) == nil)
    }
}
