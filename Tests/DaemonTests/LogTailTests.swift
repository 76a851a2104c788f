import Daemon
import TestSupport
import Testing

@Suite struct LogTailTests {
    /// What a tail tells of these logs, one after the other.
    private func told(_ logs: [String]) -> [String] {
        var tail = LogTail()
        return logs.map { String(decoding: tail.news(in: Array($0.utf8)), as: UTF8.self) }
    }

    @Test func `what was told is not told again`() {
        #expect(told(["", "a\n", "a\n", "a\nb\nc\n"]) == ["", "a\n", "", "b\nc\n"])
    }

    @Test func `lines that are in no file for a moment are told once`() {
        let before = "attempt 1\none\ntwo\n"
        #expect(
            told([before, "", before + "ended: crashed\nattempt 2\n"])
                == [before, "", "ended: crashed\nattempt 2\n"])
    }

    @Test func `a log that was cut in its middle goes on where it was`() {
        var log = BoundedLog()
        for line in 0..<60_000 { log.append(Array("line \(line)\n".utf8)) }
        var tail = LogTail()
        _ = tail.news(in: log.bytes)
        log.append(Array("and more\n".utf8))
        #expect(tail.news(in: log.bytes) == Array("and more\n".utf8))
    }

    @Test func `of a log in which nothing is known the end is told`() {
        let told = told(["old\n", "something else\n"])
        #expect(told == ["old\n", "… lines left out …\nsomething else\n"])
    }
}
