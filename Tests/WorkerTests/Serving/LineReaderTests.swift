import Foundation
import TestSupport
import Testing
import Worker

@Suite struct LineReaderTests {
    /// The lines of `text`, which may be `limit` bytes long.
    private func lines(_ text: String, limit: Int) throws -> [String] {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "lines").path
            try Data(text.utf8).write(to: URL(filePath: path))
            let descriptor = open(path, O_RDONLY)
            defer { close(descriptor) }
            var reader = LineReader(descriptor, limit: limit)
            var found: [String] = []
            while let line = try reader.next() {
                switch line {
                case .text(let data): found.append(String(decoding: data, as: UTF8.self))
                case .tooLong: found.append("<too long>")
                }
            }
            return found
        }
    }

    @Test func `lines end in line feeds`() throws {
        #expect(try lines("a\n\nbc\n", limit: 10) == ["a", "", "bc"])
        #expect(try lines("", limit: 10) == [])
    }

    @Test func `what follows the last line feed is no line`() throws {
        #expect(try lines("a\nhalf", limit: 10) == ["a"])
    }

    @Test func `long lines are left out, and the next is read`() throws {
        #expect(
            try lines("1234567890\n12345678901\nb\n", limit: 10)
                == ["1234567890", "<too long>", "b"])
        let long = String(repeating: "x", count: 1_000_000)
        #expect(try lines("a\n\(long)\nb\n\(long)", limit: 1000) == ["a", "<too long>", "b"])
    }

    @Test func `a stream that cannot be read is an error`() {
        var reader = LineReader(-1)
        do throws(StreamError) {
            _ = try reader.next()
            Issue.record("a closed stream was read")
        } catch {
            #expect(error == StreamError(code: EBADF))
            #expect(error.description.contains(": "))
        }
    }
}
