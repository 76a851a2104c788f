import Daemon
import Foundation
import Glibc
import Logging
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct JournalLogHandlerTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    @Test func `a line has its priority first, and its facts in order`() {
        let lines = Lines()
        let logger = Logger(label: "test") { _ in
            JournalLogHandler { line in lines.all.withLock { $0.append(line) } }
        }
        logger.info("job accepted", metadata: ["job": "b", "id": "a"])
        logger.warning("odd")
        logger.error("bad\nREALLY", metadata: ["error": "two\nlines"])
        logger.error("a\r\n<2>b", metadata: ["error": "c\rd"])
        logger.debug("not told")
        let found = lines.all.withLock { $0 }
        #expect(
            found == [
                "<6>job accepted id=a job=b", "<4>odd", "<3>bad | REALLY error=two | lines",
                "<3>a | <2>b error=c | d",
            ])
    }

    @Test func `the journal is known by the stream itself`() throws {
        try withTemporaryDirectory { folder in
            let file = open(folder.appending(path: "f").path, O_RDWR | O_CREAT, 0o600)
            defer { close(file) }
            var status = stat()
            fstat(file, &status)
            let stream = "\(status.st_dev):\(status.st_ino)"
            #expect(JournalLogHandler.isJournal(file, stream: stream))
            #expect(!JournalLogHandler.isJournal(file, stream: nil))
            #expect(!JournalLogHandler.isJournal(file, stream: stream + "0"))
            #expect(!JournalLogHandler.isJournal(-1, stream: stream))
        }
    }

    @Test func `the daemon gives every line a priority when the journal reads them, else none`()
        throws
    {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root)
            try daemon.start(["--once"], environment: ["JOURNAL_STREAM": "1:1"])
            #expect(daemon.waitForEnd() == 0)
            #expect(daemon.log.contains("daemon started"))
            #expect(!daemon.log.contains("<"))
            var status = stat()
            stat(daemon.logURL.path, &status)
            let before = daemon.log.count
            let stream = "\(status.st_dev):\(status.st_ino)"
            try daemon.start(["--once"], environment: ["JOURNAL_STREAM": stream])
            #expect(daemon.waitForEnd() == 0)
            let lines = daemon.log.dropFirst(before).split(separator: "\n")
            #expect(lines.count >= 2)
            #expect(lines.allSatisfy { $0.hasPrefix("<6>") }, "\(lines)")
        }
    }

    @Test func `a refusal to start is an error in the journal`() throws {
        try withTemporaryDirectory { root in
            let daemon = try RunningDaemon(root: root, configuration: "setle: 2 s\nlimits: 3\n")
            try Data().write(to: daemon.logURL)
            var status = stat()
            stat(daemon.logURL.path, &status)
            let stream = "\(status.st_dev):\(status.st_ino)"
            try daemon.start(environment: ["JOURNAL_STREAM": stream])
            #expect(daemon.waitForEnd() == 78)
            #expect(daemon.log.hasPrefix("<3>sluiced: "))
            #expect(daemon.log.contains("setle"))
            #expect(daemon.log.contains(" | "))
        }
    }
}
