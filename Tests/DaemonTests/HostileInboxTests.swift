import Daemon
import Foundation
import Glibc
import Jobs
import TestSupport
import Testing

/// Files in the Inbox that nobody should put there; the daemon lives, and does the good job.
@Suite struct HostileInboxTests {
    @Test func `hostile files do no harm and healthy jobs go on`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(
                root: root, configuration: "input_timeout: 300 ms\n")
            let inbox = root.appending(path: "Inbox").path
            let secret = root.appending(path: "secret").path
            try Data("secret".utf8).write(to: URL(filePath: secret))
            symlink(secret, "\(inbox)/link.yaml")
            mkfifo("\(inbox)/pipe.yaml", 0o600)
            mkdir("\(inbox)/folder.yaml", 0o700)
            symlink(secret, "\(inbox)/peek.png")
            mkfifo("\(inbox)/pipe.png", 0o600)
            try write("peek.yaml", SampleJobs.text(["peek.png"]), inbox)
            try write("piped.yaml", SampleJobs.text(["pipe.png"]), inbox)
            try write("escape.yaml", SampleJobs.text(["../secret"]), inbox)
            try write("large.yaml", String(repeating: "# \n", count: 200_000), inbox)
            try write("-dash\n.yaml", "version: 1\nimages: 3\n", inbox)
            try write(String(repeating: "n", count: 250) + ".yaml", "nonsense: 1\n", inbox)
            let invalid: [UInt8] = Array(inbox.utf8) + [47, 0xFF, 0xFE] + Array(".yaml".utf8) + [0]
            let name = invalid.map(CChar.init(bitPattern:))
            close(creat(name, 0o600))
            try SampleJobs.submit("good", to: root)
            try daemon.start()
            daemon.wait { daemon.results.count == 8 }
            #expect(daemon.kill(with: SIGTERM) == 0)
            try expectRefusals(daemon, secret)
        }
    }

    @Test func `a job file in capitals is a job, and no name turns the terminal around`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            let inbox = root.appending(path: "Inbox").path
            try write("p.png", "picture", inbox)
            try write("UPPER.YAML", SampleJobs.text(), inbox)
            symlink("/dev/null", "\(inbox)/a\u{202E}lmay.yaml")
            try write("b\u{2067}gnp.png", "picture", inbox)
            try daemon.start()
            var text = ""
            daemon.wait {
                // It fails while there is no daemon yet.
                text = (try? RunningDaemon.sluice(["status"], root: root).text) ?? ""
                return daemon.results.count == 1 && text.contains("b\\u{2067}gnp.png")
            }
            #expect(daemon.results.first?.hasPrefix("UPPER--") == true)
            #expect(daemon.results.first?.hasSuffix(".failed") == false)
            #expect(text.contains("a\\u{202E}lmay.yaml"), "\(text)")
            #expect(!text.unicodeScalars.contains { $0.properties.isBidiControl })
            #expect(daemon.kill(with: SIGTERM) == 0)
        }
    }

    private func write(_ name: String, _ text: String, _ inbox: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(inbox)/\(name)"))
    }

    private func expectRefusals(_ daemon: RunningDaemon, _ secret: String) throws {
        let results = daemon.results.compactMap(ResultName.init)
        #expect(results.filter { !$0.hasFailed }.map(\.name.text) == ["good"])
        #expect(results.count == 8, "\(daemon.results)")
        let files = try LinuxFileSystem(root: daemon.root.path)
        for path in try files.files(in: Layout.outbox) {
            let text = String(decoding: try files.read(path, limit: 1 << 20), as: UTF8.self)
            #expect(!text.contains("secret\n") && text != "secret", "\(path)")
        }
        let left = try files.names(in: Layout.inbox).map(\.text)
        #expect(left == ["folder.yaml", "link.yaml", "peek.png", "pipe.png", "pipe.yaml"])
        let status = try files.document(StatusDocument.self, at: Layout.status)
        #expect(status.waiting.map(\.name) == ["link.yaml", "pipe.yaml"])
    }
}
