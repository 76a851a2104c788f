import Daemon
import Testing

@Suite struct BoundedLogTests {
    @Test func `a short log is kept whole`() {
        var log = BoundedLog()
        log.append(Array("one\ntwo\n".utf8))
        #expect(log.text == "one\ntwo\n")
        #expect(log.lastLines(1) == "two")
        log.append(Array("three\r\nfour\r\n".utf8))
        #expect(log.lastLines(1) == "four")
    }

    @Test func `of a flood the beginning and the end are kept`() {
        var log = BoundedLog()
        log.append(Array("first\n".utf8))
        let line = Array((String(repeating: "x", count: 99) + "\n").utf8)
        for _ in 0..<20_000 { log.append(line) }
        log.append(Array("last\n".utf8))
        #expect(log.text.hasPrefix("first\n"))
        #expect(log.text.hasSuffix("last\n"))
        #expect(log.bytes.count < 2 * BoundedLog.part + 100)
        #expect(log.text.contains("bytes left out"))
    }
}
