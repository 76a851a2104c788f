import Daemon
import Testing

@Suite struct TerminalTextTests {
    private func shown(_ parts: [[UInt8]]) -> String {
        var text = TerminalText()
        let lines = parts.flatMap { text.shown($0) }
        return String(decoding: lines + text.rest(), as: UTF8.self)
    }

    @Test func `control characters are spelled out`() {
        #expect(
            shown([Array("a\u{1B}[2Jb\r\n\tü\u{9B}1m\u{202E}x\u{2028}y\n".utf8)])
                == "a\\u{1B}[2Jb\\r\n\tü\\u{009B}1m\\u{202E}x\\u{2028}y\n")
    }

    @Test func `a letter that comes in two parts stays whole`() {
        let bytes = Array("früh\nspät".utf8)
        for cut in bytes.indices {
            #expect(shown([Array(bytes[..<cut]), Array(bytes[cut...])]) == "früh\nspät")
        }
    }

    @Test func `what is no text is told as such`() {
        #expect(shown([[0xFF, 0x0A]]) == "\u{FFFD}\n")
    }
}
