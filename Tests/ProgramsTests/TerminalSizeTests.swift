import Foundation
import Programs
import Testing

@Suite struct TerminalSizeTests {
    @Test func `a line that is too long is cut`() {
        let size = TerminalSize(columns: 5, rows: 10)
        #expect(size.fitting("12345\n123456\n\n█████\n") == "12345\n1234…\n\n█████\n")
    }

    @Test func `a line is cut where its columns end, not its characters`() {
        let size = TerminalSize(columns: 5, rows: 10)
        #expect(size.fitting("ab画\n画像処理\n") == "ab画\n画像…\n")
        #expect(size.fitting("a画像\na画像b\n") == "a画像\na画…\n")
        // No half of a letter stays, nor a mark without its letter.
        #expect(size.fitting("abc画像\n") == "abc…\n")
        #expect(size.fitting("abcde\u{301}\nabcde\u{301}f\n") == "abcde\u{301}\nabcd…\n")
        #expect(TerminalSize(columns: 1, rows: 10).fitting("画\n") == "…\n")
    }

    @Test func `a text that is too long is cut, and says by how much`() {
        let size = TerminalSize(columns: 20, rows: 4)
        #expect(size.fitting("a\nb\nc\n") == "a\nb\nc\n")
        // The cursor stands below three lines.
        #expect(size.fitting("a\nb\nc\nd\n") == "a\nb\n[2 more lines]\n")
        #expect(TerminalSize(columns: 7, rows: 1).fitting("a\nb\n") == "[2 mor…\n")
        #expect(size.fitting("") == "")
    }

    @Test func `what is no terminal has no size`() throws {
        let file = try #require(FileHandle(forReadingAtPath: "/dev/null"))
        #expect(TerminalSize(of: file.fileDescriptor) == nil)
    }
}
